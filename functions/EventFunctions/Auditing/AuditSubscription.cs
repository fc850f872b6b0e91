using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Auditing;

/// <summary>Adds the event in a message to the audit trail, without its data. In any order: each entry stands for itself.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="trail">Remembers.</param>
public sealed class AuditSubscription(EventSubscription subscription, IAuditTrail trail)
{
    /// <summary>Handles one event.</summary>
    public Task HandleAsync(ServiceBusReceivedMessage message, ServiceBusMessageActions actions, CancellationToken cancellationToken) =>
        subscription.HandleAsync(
            message, actions, (envelope, token) => trail.RecordAsync(AuditEntry.Of(envelope), token), cancellationToken);
}
