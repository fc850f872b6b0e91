using Azure.Messaging.ServiceBus;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Auditing;

/// <summary>Adds who did what to stock to the audit trail.</summary>
/// <param name="subscription">Reads, adds and settles.</param>
public sealed class AuditInventoryEvents(AuditSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(AuditInventoryEvents))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Inventory, nameof(AuditInventoryEvents), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, cancellationToken);
}
