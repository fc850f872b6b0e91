namespace EventFunctions.EventSourcing;

/// <summary>Judges the snapshots of one kind of aggregate.</summary>
public interface ISnapshotCheck
{
    /// <summary>The category of the aggregate's streams.</summary>
    string Category { get; }

    /// <summary>What the code can do with a snapshot.</summary>
    SnapshotStanding Judge(StateSnapshot snapshot);

    /// <summary>Begins to replay a stream, to compare the state with what a snapshot says.</summary>
    ISnapshotReplay Replay();
}

/// <summary>A replay of one stream's events from the first one on. Not safe for concurrent use.</summary>
public interface ISnapshotReplay
{
    /// <summary>Applies the next event.</summary>
    /// <returns>Whether it is one of the aggregate's events; the state is unchanged if it is not.</returns>
    bool Apply(EventEnvelope envelope);

    /// <summary>Whether the state so far is what a usable snapshot says.</summary>
    bool Matches(StateSnapshot snapshot);
}

/// <summary>What the code can do with a snapshot.</summary>
public enum SnapshotStanding
{
    /// <summary>It can begin from it.</summary>
    Usable,

    /// <summary>It has another schema number than the code, which passes over it and replays.</summary>
    Outdated,

    /// <summary>It has the code's schema number and another shape.</summary>
    Unreadable,
}
