using System.Collections.Frozen;

namespace EventFunctions.Local.ServiceBus;

/// <summary>What a sender said, free of what an entity adds to it (number, lock, count). Never changes; entities may share one.</summary>
internal sealed record BrokerMessage
{
    public static IReadOnlyDictionary<string, object> NoProperties { get; } = FrozenDictionary<string, object>.Empty;

    public string? MessageId { get; init; }

    public string? SessionId { get; init; }

    public string? CorrelationId { get; init; }

    public string? Subject { get; init; }

    public string? To { get; init; }

    public string? ReplyTo { get; init; }

    public string? ReplyToSessionId { get; init; }

    public string? ContentType { get; init; }

    public string? PartitionKey { get; init; }

    public string? TransactionPartitionKey { get; init; }

    /// <summary><see cref="TimeSpan.MaxValue"/> when the sender set none.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.MaxValue;

    /// <summary>When it may be received first; none, or a past time, means at once.</summary>
    public DateTimeOffset? ScheduledEnqueueTime { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Where it came from, if it was forwarded here by another entity; none as it was sent.</summary>
    public Forwarding? Forwarding { get; init; }

    /// <summary>
    /// What the sender said that the broker has no use for, in a form of the endpoint that took it in, which hands it on to receivers; empty
    /// for most messages. It is kept with the body.
    /// </summary>
    public ReadOnlyMemory<byte> Opaque { get; init; }

    /// <summary>The bytes it came in, by which a sender's limit is measured; none where it did not come over a wire. Not kept.</summary>
    public int? WireSize { get; init; }

    /// <summary>
    /// Application properties; the values are of the types an AMQP map can carry. All who receive a copy share them, so they are not
    /// to be of a type that can be changed behind this interface.
    /// </summary>
    public IReadOnlyDictionary<string, object> Properties { get; init; } = NoProperties;

    /// <summary>The same message with some application properties set to other values.</summary>
    public BrokerMessage WithProperties(IReadOnlyDictionary<string, object>? changes)
    {
        if (changes is null || changes.Count == 0)
        {
            return this;
        }

        var merged = new Dictionary<string, object>(Properties, StringComparer.Ordinal);
        foreach (var (name, value) in changes)
        {
            merged[name] = value;
        }

        return this with { Properties = merged.AsReadOnly() };
    }

    /// <summary>The moment a message enqueued now stops being deliverable; the maximum when it never does.</summary>
    public DateTimeOffset ExpiresAt(DateTimeOffset enqueuedAt, TimeSpan entityTimeToLive)
    {
        var effective = TimeToLive < entityTimeToLive ? TimeToLive : entityTimeToLive;
        return effective >= DateTimeOffset.MaxValue - enqueuedAt ? DateTimeOffset.MaxValue : enqueuedAt + effective;
    }
}
