namespace EventFunctions.Local.DurableTask.Durability;

/// <summary>The kinds of history event in a record. Stored data is forever: a number keeps its meaning, and a new layout gets a new number.</summary>
internal enum EventKind : byte
{
    /// <summary>The code was run.</summary>
    EpisodeStarted = 1,

    /// <summary>The execution began.</summary>
    ExecutionStarted = 2,

    /// <summary>The code called an activity.</summary>
    ActivityScheduled = 3,

    /// <summary>The code called a sub-orchestration.</summary>
    ChildScheduled = 4,

    /// <summary>A call returned.</summary>
    TaskCompleted = 5,

    /// <summary>A call failed.</summary>
    TaskFailed = 6,

    /// <summary>The code created a timer.</summary>
    TimerCreated = 7,

    /// <summary>A timer fired.</summary>
    TimerFired = 8,

    /// <summary>The code sent an event.</summary>
    EventSent = 9,

    /// <summary>An event was received.</summary>
    EventReceived = 10,

    /// <summary>The code set the custom status.</summary>
    CustomStatusChanged = 11,

    /// <summary>Processing was suspended.</summary>
    Suspended = 12,

    /// <summary>Processing was resumed.</summary>
    Resumed = 13,

    /// <summary>Termination was asked for.</summary>
    Terminated = 14,

    /// <summary>The execution can't go on.</summary>
    Faulted = 15,

    /// <summary>The execution is over.</summary>
    ExecutionEnded = 16,

    /// <summary>The execution starts over.</summary>
    ContinuedAsNew = 17,

    /// <summary>The execution goes on from before its failure.</summary>
    Rewound = 18,
}
