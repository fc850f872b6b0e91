namespace EventFunctions.Local.ServiceBus;

/// <summary>A change of a queue, a subscription or a dead-letter queue.</summary>
internal abstract record QueueRecord : BrokerRecord
{
    private QueueRecord()
    {
    }

    /// <summary>A message was put at the end.</summary>
    public sealed record Enqueued(
        long SequenceNumber, long EnqueuedSequenceNumber, BrokerMessage Message, DateTimeOffset At, DateTimeOffset ExpiresAt) : QueueRecord;

    /// <summary>A message was taken in for later.</summary>
    public sealed record Scheduled(long SequenceNumber, BrokerMessage Message, DateTimeOffset At, DateTimeOffset DueAt) : QueueRecord;

    /// <summary>A scheduled message was taken back.</summary>
    public sealed record ScheduleCancelled(long SequenceNumber) : QueueRecord;

    /// <summary>A scheduled message's time came; it goes to the end under a new number.</summary>
    public sealed record Activated(long SequenceNumber, long NewSequenceNumber, DateTimeOffset At, DateTimeOffset ExpiresAt) : QueueRecord;

    /// <summary>A message was handed to a receiver.</summary>
    public sealed record Locked(long SequenceNumber, Guid LockToken, DateTimeOffset Until) : QueueRecord;

    /// <summary>A receiver asked for more time.</summary>
    public sealed record LockRenewed(long SequenceNumber, DateTimeOffset Until) : QueueRecord;

    /// <summary>A message came back from a receiver and goes where it was.</summary>
    public sealed record Released(long SequenceNumber, bool CountsAsDelivery, IReadOnlyDictionary<string, object>? Changes) : QueueRecord;

    /// <summary>A message was set aside.</summary>
    public sealed record Deferred(long SequenceNumber, IReadOnlyDictionary<string, object>? Changes) : QueueRecord;

    /// <summary>A message left the entity: settled, or expired.</summary>
    public sealed record Removed(long SequenceNumber) : QueueRecord;

    /// <summary>A message left the entity for its dead-letter queue.</summary>
    public sealed record DeadLettered(
        long SequenceNumber,
        long DeadLetterSequenceNumber,
        int DeliveryCount,
        IReadOnlyDictionary<string, object> Changes) : QueueRecord;

    /// <summary>A session was handed to a receiver.</summary>
    public sealed record SessionLocked(string SessionId, Guid LockToken, DateTimeOffset Until) : QueueRecord;

    /// <summary>A session's holder asked for more time.</summary>
    public sealed record SessionLockRenewed(string SessionId, DateTimeOffset Until) : QueueRecord;

    /// <summary>A session has no holder any more. The messages it held were released before.</summary>
    public sealed record SessionReleased(string SessionId) : QueueRecord;

    /// <summary>A session's state was replaced, or cleared.</summary>
    public sealed record SessionStateSet(string SessionId, ReadOnlyMemory<byte>? State, DateTimeOffset At) : QueueRecord;
}
