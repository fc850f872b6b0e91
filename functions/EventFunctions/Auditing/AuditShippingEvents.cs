using Azure.Messaging.ServiceBus;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Auditing;

/// <summary>Adds who did what to shipments to the audit trail.</summary>
/// <param name="subscription">Reads, adds and settles.</param>
public sealed class AuditShippingEvents(AuditSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(AuditShippingEvents))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Shipping, nameof(AuditShippingEvents), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, cancellationToken);
}
