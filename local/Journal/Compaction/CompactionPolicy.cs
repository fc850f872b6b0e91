namespace EventFunctions.Local.Journal.Compaction;

/// <summary>
/// When the log is worth replacing by a snapshot: once it is as large as a share of the snapshot before, and not small. So a state
/// of any size is written out again at a cost in proportion to what is appended.
/// </summary>
public sealed record CompactionPolicy
{
    /// <summary>How large the log must be at least, in bytes, above 0; 64 MB by default.</summary>
    public long MinBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How large it must be as a share of the last snapshot, above 0; as large as that one by default.</summary>
    public double Ratio { get; init; } = 1;

    /// <summary>How large the log is when it is due.</summary>
    /// <param name="snapshotBytes">The size of the last snapshot; 0 for none.</param>
    internal long DueAt(long snapshotBytes) => Math.Max(MinBytes, (long)Math.Min(Ratio * snapshotBytes, long.MaxValue / 2));
}
