namespace EventFunctions.Local.DurableTask.Durability;

/// <summary>
/// The kinds of record in the journal. Stored data is forever: a number keeps its meaning, and a new layout gets a new number. No other
/// room's journal has these numbers, so that its folder is not taken for a hub's.
/// </summary>
internal enum RecordKind : byte
{
    /// <summary>An instance was started.</summary>
    InstanceStarted = 65,

    /// <summary>Something reached an instance's inbox.</summary>
    MessageReceived = 66,

    /// <summary>An episode ended.</summary>
    EpisodeCommitted = 67,

    /// <summary>An instance was deleted.</summary>
    InstancePurged = 68,

    /// <summary>A failed instance goes on from before its failure.</summary>
    InstanceRewound = 69,

    /// <summary>An instance in a snapshot.</summary>
    InstanceNoted = 80,
}
