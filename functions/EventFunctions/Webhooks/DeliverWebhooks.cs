using Azure.Messaging.ServiceBus;
using EventFunctions.Integration;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Webhooks;

/// <summary>Begins the delivery of every integration event to the webhooks that want it.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="contracts">Names the event's type.</param>
/// <param name="fanOut">Begins the deliveries.</param>
public sealed class DeliverWebhooks(IntegrationSubscription subscription, IntegrationContracts contracts, WebhookFanOut fanOut)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(DeliverWebhooks))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Integration, nameof(DeliverWebhooks), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => fanOut.BeginAsync(envelope.Id, contracts.Of(envelope.Data).Type, message.Body.ToString(), token),
            cancellationToken);
}
