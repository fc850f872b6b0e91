namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>The kinds of record in the journal. Stored data is forever: a number keeps its meaning, and a new layout gets a new number.</summary>
internal enum RecordKind : byte
{
    /// <summary>What was done in one step, of one shard or of two.</summary>
    Step = 1,

    /// <summary>The beginning of a snapshot.</summary>
    NamespaceNoted = 16,

    /// <summary>A queue in a snapshot; its parts follow.</summary>
    QueueNoted = 17,

    /// <summary>A topic in a snapshot; its subscriptions follow.</summary>
    TopicNoted = 18,

    /// <summary>A subscription of the topic before; its parts follow.</summary>
    SubscriptionNoted = 19,

    /// <summary>A queue, subscription or sub-queue in a snapshot; what it holds follows.</summary>
    PartNoted = 20,

    /// <summary>A message id that was seen.</summary>
    DuplicateNoted = 21,

    /// <summary>A message that waits for its time.</summary>
    ScheduledNoted = 22,

    /// <summary>A session of a part.</summary>
    SessionNoted = 23,

    /// <summary>A message that several subscriptions have copies of.</summary>
    SharedNoted = 24,

    /// <summary>A message of a part.</summary>
    MessageNoted = 25,

    /// <summary>The end of a part.</summary>
    PartComplete = 26,
}
