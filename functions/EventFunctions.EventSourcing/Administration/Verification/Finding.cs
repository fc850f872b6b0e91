namespace EventFunctions.EventSourcing;

/// <summary>Something in a store that should not be so.</summary>
/// <param name="Code">What kind, one of <see cref="FindingCodes"/>.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Version">Where in the stream; <see langword="null"/> for its head or tombstone.</param>
/// <param name="Detail">What is wrong, for a person.</param>
public sealed record Finding(string Code, string Stream, long? Version, string Detail);

/// <summary>The kinds of findings. They are stable: scripts may branch on them.</summary>
public static class FindingCodes
{
    /// <summary>An event between others, or the last before the head, is missing.</summary>
    public const string Gap = "gap";

    /// <summary>An event is beyond the head.</summary>
    public const string BeyondHead = "beyond-head";

    /// <summary>Two items say that they are the same version.</summary>
    public const string DuplicateVersion = "duplicate-version";

    /// <summary>Two events have one id: one of them is not published by a topic that drops what it has seen.</summary>
    public const string DuplicateEventId = "duplicate-event-id";

    /// <summary>No type of an event's name and schema version is registered.</summary>
    public const string UnknownType = "unknown-type";

    /// <summary>An event lacks something, lies in another stream's place, or its data does not fit its type.</summary>
    public const string UnreadableEvent = "unreadable-event";

    /// <summary>An event is none of the aggregate whose stream it is in.</summary>
    public const string ForeignEvent = "foreign-event";

    /// <summary>A stream's name is none.</summary>
    public const string StreamName = "stream-name";

    /// <summary>A head cannot be read.</summary>
    public const string UnreadableHead = "unreadable-head";

    /// <summary>A snapshot has the code's schema number and another shape.</summary>
    public const string UnreadableSnapshot = "unreadable-snapshot";

    /// <summary>A snapshot says something else than the events.</summary>
    public const string SnapshotDiffers = "snapshot-differs";

    /// <summary>A snapshot is of a version that the stream has not come to.</summary>
    public const string SnapshotBeyondHead = "snapshot-beyond-head";

    /// <summary>The command history names a version that the stream has not come to.</summary>
    public const string CommandBeyondHead = "command-beyond-head";

    /// <summary>A tombstone cannot be read.</summary>
    public const string UnreadableTombstone = "unreadable-tombstone";

    /// <summary>Archiving was interrupted: originals are left that the tombstone stands for. Archive the stream again.</summary>
    public const string ArchivingUnfinished = "archiving-unfinished";

    /// <summary>The archive lacks events that the tombstone says it has.</summary>
    public const string ArchiveGap = "archive-gap";

    /// <summary>The archive's copies are not what was taken out of the stream.</summary>
    public const string ArchiveChecksum = "archive-checksum";

    /// <summary>No copy was kept and no snapshot covers what is gone: the state is lost.</summary>
    public const string StateLost = "state-lost";
}
