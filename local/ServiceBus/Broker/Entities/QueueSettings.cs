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
    /// <summary>What it lets be done.</summary>
    public EntityStatus Status { get; init; } = EntityStatus.Active;

    /// <summary>What all its messages may take, those of its sub-queues included.</summary>
    public long MaxSizeInBytes { get; init; } = EntityLimits.DefaultSizeInMegabytes * 1024L * 1024L;

    /// <summary>The entity its messages go on to; none where receivers get them.</summary>
    public string? ForwardTo { get; init; }

    /// <summary>The entity its dead letters go on to; none where they stay in its dead-letter queue.</summary>
    public string? ForwardDeadLettersTo { get; init; }

    /// <summary>Those of a queue.</summary>
    public static QueueSettings Of(QueueDefinition queue) => new(
        queue.Name,
        queue.RequiresSession,
        queue.LockDuration,
        queue.MaxDeliveryCount,
        queue.DefaultMessageTimeToLive,
        queue.DeadLetteringOnMessageExpiration,
        queue.RequiresDuplicateDetection ? queue.DuplicateDetectionHistoryTimeWindow : null,
        queue.MaxMessageSizeInKilobytes * 1024L)
    {
        Status = queue.Status,
        MaxSizeInBytes = queue.MaxSizeInMegabytes * 1024L * 1024L,
        ForwardTo = queue.ForwardTo,
        ForwardDeadLettersTo = queue.ForwardDeadLetteredMessagesTo,
    };

    /// <summary>Those of a subscription; the topic's limits are ceilings.</summary>
    public static QueueSettings Of(TopicDefinition topic, SubscriptionDefinition subscription) => new(
        EntityPath.Subscription(topic.Name, subscription.Name),
        subscription.RequiresSession,
        subscription.LockDuration,
        subscription.MaxDeliveryCount,
        subscription.DefaultMessageTimeToLive < topic.DefaultMessageTimeToLive ? subscription.DefaultMessageTimeToLive : topic.DefaultMessageTimeToLive,
        subscription.DeadLetteringOnMessageExpiration,
        DuplicateWindow: null,
        topic.MaxMessageSizeInKilobytes * 1024L)
    {
        Status = subscription.Status,
        MaxSizeInBytes = topic.MaxSizeInMegabytes * 1024L * 1024L,
        ForwardTo = subscription.ForwardTo,
        ForwardDeadLettersTo = subscription.ForwardDeadLetteredMessagesTo,
    };

    /// <summary>The dead-letter queue: no sessions, no expiry, no further dead-lettering.</summary>
    public QueueSettings ForDeadLetterQueue() => SubQueue(EntityPath.DeadLetterSuffix, ForwardDeadLettersTo);

    /// <summary>The transfer dead-letter queue, likewise.</summary>
    public QueueSettings ForTransferDeadLetterQueue() => SubQueue(EntityPath.TransferDeadLetterSuffix, forwardTo: null);

    private QueueSettings SubQueue(string suffix, string? forwardTo) => this with
    {
        Path = Path + suffix,
        RequiresSession = false,
        MaxDeliveryCount = int.MaxValue,
        DefaultTimeToLive = TimeSpan.MaxValue,
        DeadLetterOnExpiration = false,
        DuplicateWindow = null,
        ForwardTo = forwardTo,
        ForwardDeadLettersTo = null,
    };
}
