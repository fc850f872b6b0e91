using System.Collections.Frozen;

namespace EventFunctions.Local.ServiceBus;

/// <summary>What an expression can read of a message with the scope <c>sys</c>, and an action set; what the broker sets later is not there yet.</summary>
internal static class SqlSystemProperties
{
    private static readonly FrozenDictionary<string, Property> Known = new Dictionary<string, Property>(StringComparer.OrdinalIgnoreCase)
    {
        ["Label"] = Text(m => m.Subject, (m, v) => m with { Subject = v }),
        ["Subject"] = Text(m => m.Subject, (m, v) => m with { Subject = v }),
        ["MessageId"] = Text(m => m.MessageId, (m, v) => m with { MessageId = v }),
        ["CorrelationId"] = Text(m => m.CorrelationId, (m, v) => m with { CorrelationId = v }),
        ["SessionId"] = Text(m => m.SessionId, (m, v) => m with { SessionId = v }),
        ["To"] = Text(m => m.To, (m, v) => m with { To = v }),
        ["ReplyTo"] = Text(m => m.ReplyTo, (m, v) => m with { ReplyTo = v }),
        ["ReplyToSessionId"] = Text(m => m.ReplyToSessionId, (m, v) => m with { ReplyToSessionId = v }),
        ["ContentType"] = Text(m => m.ContentType, (m, v) => m with { ContentType = v }),
        ["PartitionKey"] = Text(m => m.PartitionKey, (m, v) => m with { PartitionKey = v }),
        ["TimeToLive"] = new(m => m.TimeToLive, (m, v) => v switch
        {
            null => m with { TimeToLive = TimeSpan.MaxValue },
            TimeSpan span when span > TimeSpan.Zero => m with { TimeToLive = span },
            _ => null,
        }),
        ["ScheduledEnqueueTimeUtc"] = new(m => m.ScheduledEnqueueTime, (m, v) => v switch
        {
            null => m with { ScheduledEnqueueTime = null },
            DateTimeOffset at => m with { ScheduledEnqueueTime = at },
            _ => null,
        }),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The property's value; null when the sender set none.</summary>
    /// <exception cref="FilterException">There is no such system property.</exception>
    public static object? Read(string name, BrokerMessage message) => Find(name).Read(message);

    /// <summary>The message with another value of the property; none removes it.</summary>
    /// <exception cref="FilterException">There is no such system property, or it can't have this value.</exception>
    public static BrokerMessage Write(string name, object? value, BrokerMessage message) => Find(name).Write(message, value)
        ?? throw new FilterException($"The system property '{name}' cannot be set to {SqlValue.Kind(value)}.");

    private static Property Find(string name) => Known.TryGetValue(name, out var property)
        ? property
        : throw new FilterException($"There is no system property '{name}'; there are {string.Join(", ", Known.Keys.Order(StringComparer.Ordinal))}.");

    private static Property Text(Func<BrokerMessage, string?> read, Func<BrokerMessage, string?, BrokerMessage> write) =>
        new(read, (message, value) => write(message, SqlValue.Text(value)));

    /// <param name="Read">Its value.</param>
    /// <param name="Write">The message with another one; none if it can't have that.</param>
    private sealed record Property(Func<BrokerMessage, object?> Read, Func<BrokerMessage, object?, BrokerMessage?> Write);
}
