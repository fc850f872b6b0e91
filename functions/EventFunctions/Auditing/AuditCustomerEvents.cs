using Azure.Messaging.ServiceBus;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Auditing;

/// <summary>Adds who did what to customers, and what they were notified of, to the audit trail.</summary>
/// <param name="subscription">Reads, adds and settles.</param>
public sealed class AuditCustomerEvents(AuditSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(AuditCustomerEvents))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Customers, nameof(AuditCustomerEvents), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, cancellationToken);
}
