namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>The kinds of change in a step. Stored data is forever: a number keeps its meaning, and a new layout gets a new number.</summary>
internal enum ChangeKind : byte
{
    Enqueued = 1,
    Scheduled = 2,
    ScheduleCancelled = 3,
    Activated = 4,
    Locked = 5,
    LockRenewed = 6,
    Released = 7,
    Deferred = 8,
    Removed = 9,
    DeadLettered = 10,
    SessionLocked = 11,
    SessionLockRenewed = 12,
    SessionReleased = 13,
    SessionStateSet = 14,

    Published = 32,
    TopicScheduled = 33,
    TopicScheduleCancelled = 34,

    QueueCreated = 48,
    QueueUpdated = 49,
    TopicCreated = 50,
    TopicUpdated = 51,
    SubscriptionCreated = 52,
    SubscriptionUpdated = 53,
    EntityDeleted = 54,
}
