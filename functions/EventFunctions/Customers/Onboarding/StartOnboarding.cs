using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Customers.Onboarding;

/// <summary>Starts the onboarding of every customer who registers. The subscription lets only <c>customer-registered</c> through.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="starter">Starts.</param>
public sealed class StartOnboarding(EventSubscription subscription, OnboardingStarter starter)
{
    /// <summary>Handles one event; a message that comes again finds the onboarding and leaves it alone, also if it has finished.</summary>
    [Function(nameof(StartOnboarding))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Customers, nameof(StartOnboarding), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => envelope.Data is CustomerRegistered registered
                ? starter.EnsureStartedAsync(client, TraceOf(envelope, registered), token)
                : Task.CompletedTask,
            cancellationToken);

    private static OnboardingTrace TraceOf(EventEnvelope envelope, CustomerRegistered registered) => new(
        registered.CustomerId.Value,
        envelope.Metadata.CorrelationId,
        envelope.EventId.ToString(),
        envelope.Stream.Tenant,
        envelope.Metadata.TraceParent);
}
