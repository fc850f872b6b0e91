using EventFunctions.Local.Journal.Compaction;

namespace EventFunctions.Local.Journal;

/// <summary>How a <see cref="DurableJournal"/> is kept.</summary>
public sealed record JournalOptions
{
    /// <summary>Where one file of the log is full and the next begins, in bytes, above 0; 64 MB by default.</summary>
    public long SegmentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>When the log is worth replacing by a snapshot.</summary>
    public CompactionPolicy Compaction { get; init; } = new();
}
