using System.Collections.Frozen;

namespace EventFunctions.Local.ServiceBus;

/// <summary>What an expression can read of a message with the scope <c>sys</c>; what the broker sets later is not there yet.</summary>
internal static class SqlSystemProperties
{
    private static readonly FrozenDictionary<string, Func<BrokerMessage, object?>> Known =
        new Dictionary<string, Func<BrokerMessage, object?>>(StringComparer.OrdinalIgnoreCase)
        {
            ["Label"] = m => m.Subject,
            ["Subject"] = m => m.Subject,
            ["MessageId"] = m => m.MessageId,
            ["CorrelationId"] = m => m.CorrelationId,
            ["SessionId"] = m => m.SessionId,
            ["To"] = m => m.To,
            ["ReplyTo"] = m => m.ReplyTo,
            ["ReplyToSessionId"] = m => m.ReplyToSessionId,
            ["ContentType"] = m => m.ContentType,
            ["PartitionKey"] = m => m.PartitionKey,
            ["TimeToLive"] = m => m.TimeToLive,
            ["ScheduledEnqueueTimeUtc"] = m => m.ScheduledEnqueueTime,
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The property's value; null when the sender set none.</summary>
    /// <exception cref="FilterException">There is no such system property.</exception>
    public static object? Read(string name, BrokerMessage message) => Known.TryGetValue(name, out var read)
        ? read(message)
        : throw new FilterException($"There is no system property '{name}'; there are {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}.");
}
