namespace EventFunctions.Local.ServiceBus;

/// <summary>What a receiver sees of a message: a snapshot, taken while the entity stood still.</summary>
/// <param name="Message">What was sent, with properties changed by earlier receivers.</param>
/// <param name="SequenceNumber">Its number in this entity.</param>
/// <param name="EnqueuedSequenceNumber">Its number where it was first sent to.</param>
/// <param name="EnqueuedAt">When it became receivable, or will.</param>
/// <param name="ExpiresAt">When it stops being deliverable.</param>
/// <param name="DeliveryCount">Failed deliveries before this one.</param>
/// <param name="LockToken">The key to settling it; empty when it was peeked or received for good.</param>
/// <param name="LockedUntil">When the lock ends, if there is one.</param>
/// <param name="DeadLetterSource">The entity that dead-lettered it.</param>
/// <param name="Place">Where it was just before this delivery; for a peek, where it is.</param>
internal sealed record Delivery(
    BrokerMessage Message,
    long SequenceNumber,
    long EnqueuedSequenceNumber,
    DateTimeOffset EnqueuedAt,
    DateTimeOffset ExpiresAt,
    int DeliveryCount,
    Guid LockToken,
    DateTimeOffset LockedUntil,
    string? DeadLetterSource,
    MessagePlace Place)
{
    public static Delivery Of(StoredMessage stored, MessagePlace place, bool withLock) => new(
        stored.Message.Read(),
        stored.SequenceNumber,
        stored.EnqueuedSequenceNumber,
        stored.EnqueuedAt,
        stored.ExpiresAt,
        stored.DeliveryCount,
        withLock ? stored.Lock!.Token : Guid.Empty,
        withLock ? stored.Lock!.LockedUntil : default,
        stored.DeadLetterSource,
        place);
}
