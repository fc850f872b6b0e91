namespace EventFunctions.EventSourcing;

/// <summary>What a page of a verification found.</summary>
/// <param name="Findings">What is wrong.</param>
/// <param name="Streams">How many streams were verified.</param>
/// <param name="Events">How many events were read for it, archived ones included.</param>
/// <param name="SnapshotsCompared">How many snapshots were compared with what the events say.</param>
/// <param name="Continuation">Asks for the next page; <see langword="null"/> after the last.</param>
public sealed record VerificationPage(
    IReadOnlyList<Finding> Findings, int Streams, long Events, int SnapshotsCompared, string? Continuation)
{
    /// <summary>The most streams a page may be asked for.</summary>
    public const int MaxSize = DirectoryPage.MaxSize;
}
