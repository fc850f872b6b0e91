using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Customers.Onboarding;

/// <summary>Tells a customer's onboarding that the account is open, closed or erased.</summary>
/// <remarks>
/// Word that comes before the onboarding has begun, or is lost, does no harm: each of its steps looks at the account first.
/// </remarks>
/// <param name="subscription">Reads and settles.</param>
/// <param name="consumer">Lets each event through once: word to a saga has no version by which the saga could tell a repetition.</param>
public sealed class EndOnboarding(EventSubscription subscription, IdempotentConsumer consumer)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(EndOnboarding))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Customers, nameof(EndOnboarding), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => envelope.Data is CustomerActivated or CustomerDeactivated or CustomerErased
                ? consumer.HandleAsync(nameof(EndOnboarding), envelope, t => TellAsync(client, envelope, (CustomerEvent)envelope.Data, t), token)
                : Task.CompletedTask,
            cancellationToken);

    private static async Task TellAsync(DurableTaskClient client, EventEnvelope envelope, CustomerEvent happened, CancellationToken cancellationToken)
    {
        var instanceId = OnboardingTrace.InstanceOf(happened.CustomerId, envelope.Stream.Tenant);
        if (await client.GetInstanceAsync(instanceId, cancellation: cancellationToken) is not { IsCompleted: false })
        {
            return;
        }

        try
        {
            await client.RaiseEventAsync(instanceId, OnboardingEvents.AccountChanged, new AccountNotice(happened is CustomerActivated), cancellationToken);
        }
#pragma warning disable CA1031 // Which exception tells that the instance has ended differs by backend: the instance itself tells.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (await client.GetInstanceAsync(instanceId, cancellation: cancellationToken) is { IsCompleted: false })
            {
                throw;
            }
        }
    }
}
