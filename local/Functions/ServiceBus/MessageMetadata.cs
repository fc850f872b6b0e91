using Azure.Messaging.ServiceBus;

namespace EventFunctions.Local.Functions.ServiceBus;

/// <summary>What a Service Bus trigger knows beside the body, under the host's names; a batch has arrays under the plural.</summary>
internal static class MessageMetadata
{
    public static IReadOnlyDictionary<string, object?> Read(IReadOnlyList<ServiceBusReceivedMessage> messages)
    {
        if (messages.Count == 1)
        {
            return new Dictionary<string, object?>(Of(messages[0]), StringComparer.OrdinalIgnoreCase);
        }

        var all = messages.Select(message => Of(message).ToDictionary(StringComparer.Ordinal)).ToList();
        return all[0].Keys.ToDictionary(
            name => $"{name}Array", object? (name) => all.Select(values => values[name]).ToArray(), StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<KeyValuePair<string, object?>> Of(ServiceBusReceivedMessage message) =>
    [
        new("MessageId", message.MessageId),
        new("SessionId", message.SessionId),
        new("CorrelationId", message.CorrelationId),
        new("Subject", message.Subject),
        new("Label", message.Subject),
        new("ContentType", message.ContentType),
        new("To", message.To),
        new("ReplyTo", message.ReplyTo),
        new("ReplyToSessionId", message.ReplyToSessionId),
        new("PartitionKey", message.PartitionKey),
        new("LockToken", message.LockToken),
        new("DeliveryCount", message.DeliveryCount),
        new("SequenceNumber", message.SequenceNumber),
        new("EnqueuedSequenceNumber", message.EnqueuedSequenceNumber),
        new("EnqueuedTime", message.EnqueuedTime),
        new("EnqueuedTimeUtc", message.EnqueuedTime.UtcDateTime),
        new("ExpiresAt", message.ExpiresAt),
        new("ExpiresAtUtc", message.ExpiresAt.UtcDateTime),
        new("DeadLetterSource", message.DeadLetterSource),
        new("DeadLetterReason", message.DeadLetterReason),
        new("DeadLetterErrorDescription", message.DeadLetterErrorDescription),
        new("ApplicationProperties", message.ApplicationProperties),
        new("UserProperties", message.ApplicationProperties),
    ];
}
