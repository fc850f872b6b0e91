namespace EventFunctions.Local.ServiceBus;

/// <summary>All that a queue holds at one moment, to be written into a snapshot while it goes on. Its messages are held until it is released.</summary>
/// <param name="LastSequenceNumber">The last number it gave.</param>
/// <param name="Duplicates">The message ids it has seen, the oldest first.</param>
/// <param name="Scheduled">What waits for its time, by number.</param>
/// <param name="Sessions">Those that wait for a holder first, in their line.</param>
/// <param name="Messages">By number.</param>
internal sealed record QueueNote(
    long LastSequenceNumber,
    IReadOnlyList<(string MessageId, long SequenceNumber, DateTimeOffset At)> Duplicates,
    IReadOnlyList<ScheduledMessage> Scheduled,
    IReadOnlyList<SessionNote> Sessions,
    IReadOnlyList<MessageNote> Messages)
{
    /// <summary>Lets go of its messages. The gate is held.</summary>
    public void Release()
    {
        foreach (var message in Messages)
        {
            message.Message.Release();
        }
    }
}

/// <summary>A session at one moment. Its messages are the queue's.</summary>
internal sealed record SessionNote(string Id, Guid? LockToken, DateTimeOffset LockedUntil, ReadOnlyMemory<byte>? State, DateTimeOffset StateSetAt);

/// <summary>A message of a queue at one moment.</summary>
internal sealed record MessageNote(
    long SequenceNumber,
    long EnqueuedSequenceNumber,
    KeptMessage Message,
    string? SessionId,
    DateTimeOffset EnqueuedAt,
    DateTimeOffset ExpiresAt,
    string? DeadLetterSource,
    int DeliveryCount,
    MessagePlace Place,
    bool IsDeferred,
    Guid LockToken,
    DateTimeOffset LockedUntil);
