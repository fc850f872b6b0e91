namespace EventFunctions.Local.ServiceBus;

/// <summary>The rules one queue-like entity goes by.</summary>
/// <param name="Path">Its address.</param>
/// <param name="RequiresSession">Whether messages are delivered by session only.</param>
/// <param name="LockDuration">How long a receiver, or a session's holder, has.</param>
/// <param name="MaxDeliveryCount">Failed deliveries after which a message is dead-lettered.</param>
/// <param name="DefaultTimeToLive">The longest a message may live here.</param>
/// <param name="DeadLetterOnExpiration">Whether an expired message is kept in the dead-letter queue.</param>
/// <param name="DuplicateWindow">How long message ids are remembered; none when duplicates are welcome.</param>
/// <param name="MaxMessageSizeInBytes">The largest message.</param>
internal sealed record QueueSettings(
    string Path,
    bool RequiresSession,
    TimeSpan LockDuration,
    int MaxDeliveryCount,
    TimeSpan DefaultTimeToLive,
    bool DeadLetterOnExpiration,
    TimeSpan? DuplicateWindow,
    long MaxMessageSizeInBytes)
{
    /// <summary>The dead-letter queue: no sessions, no expiry, no further dead-lettering.</summary>
    public QueueSettings ForDeadLetterQueue() => this with
    {
        Path = Path + EntityPath.DeadLetterSuffix,
        RequiresSession = false,
        MaxDeliveryCount = int.MaxValue,
        DefaultTimeToLive = TimeSpan.MaxValue,
        DeadLetterOnExpiration = false,
        DuplicateWindow = null,
    };
}
