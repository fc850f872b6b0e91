namespace EventFunctions.EventSourcing;

/// <summary>What is to be done for a request.</summary>
internal abstract record ArchivePlan
{
    private ArchivePlan()
    {
    }

    /// <summary>The tombstone there is says it all; what an interrupted run has left is cleared away.</summary>
    public sealed record Finish : ArchivePlan;

    /// <summary>Events are taken out, from the one after the tombstone there is; none if only copies are given up.</summary>
    public sealed record Extend(long From, long Through, bool IsAll) : ArchivePlan;

    /// <summary>Nothing.</summary>
    public sealed record Refuse(string Code, string Reason) : ArchivePlan;

    /// <summary>The plan for a stream as it stands. Pure.</summary>
    /// <param name="head">The stream's head.</param>
    /// <param name="tombstone">What was taken out before.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="check">Judges the snapshot; <see langword="null"/> if nobody can.</param>
    public static ArchivePlan Of(StreamHead head, Tombstone? tombstone, ArchiveRequest request, ISnapshotCheck? check)
    {
        var before = tombstone?.Through ?? 0;
        var through = request.Through ?? Math.Max(before, Math.Min(head.Snapshot?.Version ?? 0, head.Version - 1));
        if (before > 0 && through <= before && (request.KeepCopy || tombstone is { HasCopies: false }))
        {
            return new Finish();
        }

        if (head.Snapshot is null)
        {
            return new Refuse(
                "no-snapshot", "The stream has no snapshot, so nothing stands for its events. Give its aggregate a snapshot policy first.");
        }

        if (head.Snapshot is not { } snapshot || snapshot.Version < Math.Max(through, before))
        {
            return new Refuse(
                "beyond-snapshot",
                $"The snapshot is at version {head.Snapshot?.Version ?? 0} and must be at {Math.Max(through, before)} or beyond. "
                + "Archive less, or append first.");
        }

        if (through < 1 || through >= head.Version)
        {
            return new Refuse(
                "newest-event", $"Event {head.Version}, the newest, stays: by it the change feed knows of the stream. Archive less.");
        }

        if (!request.KeepCopy && check?.Judge(snapshot) != SnapshotStanding.Usable)
        {
            return new Refuse(
                "snapshot-not-usable",
                "Without a copy the snapshot is all that is left, and this version of the code cannot begin from it. "
                + "Keep a copy, or append to the stream first.");
        }

        var last = Math.Max(through, before);
        var reached = Math.Min(last, before + StreamArchiver.EventsPerRun);
        return new Extend(before + 1, reached, reached == last);
    }
}
