namespace EventFunctions.EventSourcing;

/// <summary>Takes the first events out of a stream: copies them, verifies the copy, writes a tombstone, deletes the originals.</summary>
/// <remarks>
/// The tombstone is the turning point: before it the stream is as it was, and after it every reader finds the events in the
/// archive, whether the originals are deleted yet or not. So a run may be interrupted anywhere; the next one finishes what it
/// began. Appends go on meanwhile: they touch the head and new events only. Safe for concurrent use.
/// </remarks>
/// <param name="store">Keeps the streams.</param>
/// <param name="items">Reads and deletes the originals.</param>
/// <param name="archive">Takes the copies.</param>
/// <param name="tombstones">Keeps the tombstones.</param>
/// <param name="checks">Judge the snapshots.</param>
/// <param name="options">How old events must be.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class StreamArchiver(
    IEventStore store,
    IStreamItems items,
    IEventArchive archive,
    ITombstones tombstones,
    IEnumerable<ISnapshotCheck> checks,
    ArchiveOptions options,
    TimeProvider timeProvider)
{
    /// <summary>The most events one run takes out.</summary>
    public const int EventsPerRun = 5000;

    private const int Window = 100;

    private readonly IReadOnlyDictionary<string, ISnapshotCheck> _checks = checks.ToDictionary(c => c.Category, StringComparer.Ordinal);

    /// <summary>Archives, or finishes what an earlier run began.</summary>
    /// <exception cref="ArgumentException">The reason is blank, or the version is less than 1.</exception>
    /// <exception cref="StreamCorruptedException">An event is missing or unreadable, or the copy is not what was copied; nothing was deleted.</exception>
    /// <exception cref="StoreUnavailableException">A container cannot be reached. The same request may be sent again.</exception>
    public async Task<ArchiveResult> ArchiveAsync(StreamName stream, ArchiveRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrWhiteSpace(request.Reason, nameof(request));
        ArgumentOutOfRangeException.ThrowIfLessThan(request.Through ?? 1, 1, nameof(request));
        var found = await tombstones.FindAsync(stream, cancellationToken);
        var head = await store.LoadHeadAsync(stream, cancellationToken);
        if (head.Token is null)
        {
            return new ArchiveResult.Absent();
        }

        return ArchivePlan.Of(head, found?.Tombstone, request, _checks.GetValueOrDefault(stream.Category)) switch
        {
            ArchivePlan.Refuse refuse => new ArchiveResult.Refused(refuse.Code, refuse.Reason),
            ArchivePlan.Finish =>
                new ArchiveResult.Archived(found!.Tombstone, await ClearAsync(stream, found.Tombstone, cancellationToken), IsDone: true),
            ArchivePlan.Extend extend => await TryExtendAsync(stream, found, head.Snapshot!, extend, request, cancellationToken),
            var other => throw new InvalidOperationException($"A plan refuses, finishes or extends, not '{other}'."),
        };
    }

    private async Task<ArchiveResult> TryExtendAsync(
        StreamName stream,
        StoredTombstone? found,
        StateSnapshot snapshot,
        ArchivePlan.Extend plan,
        ArchiveRequest request,
        CancellationToken cancellationToken)
    {
        try
        {
            return await ExtendAsync(stream, found, snapshot, plan, request, cancellationToken);
        }
        catch (StreamCorruptedException)
        {
            // What is missing may be what another run has taken out meanwhile.
            if ((await tombstones.FindAsync(stream, cancellationToken))?.Token != found?.Token)
            {
                return new ArchiveResult.Contended();
            }

            throw;
        }
    }

    private async Task<ArchiveResult> ExtendAsync(
        StreamName stream,
        StoredTombstone? found,
        StateSnapshot snapshot,
        ArchivePlan.Extend plan,
        ArchiveRequest request,
        CancellationToken cancellationToken)
    {
        var before = found?.Tombstone.Checksum ?? ChecksumChain.Start;
        if (await CopyAsync(stream, plan, before, request.KeepCopy, cancellationToken) is not { } checksum)
        {
            return new ArchiveResult.Refused(
                "too-young",
                $"Events up to version {plan.Through} must be stored for {options.MinimumAge} before they are taken out: "
                + "the change feed has to have passed them. Archive less, or wait.");
        }

        var isFirst = found is null;
        var tombstone = new Tombstone(
            plan.Through,
            request.KeepCopy ? found?.Tombstone.KeptFrom ?? 1 : plan.Through + 1,
            checksum,
            request.KeepCopy ? (isFirst ? ChecksumChain.Start : found!.Tombstone.KeptBase) : checksum,
            timeProvider.GetUtcNow(),
            request.Reason,
            request.By,
            snapshot);

        // The one thing that must still hold: a state that the events led to. An append may have dropped the snapshot.
        var head = await store.LoadHeadAsync(stream, cancellationToken);
        if (head.Snapshot is null || head.Snapshot.Version < plan.Through)
        {
            return new ArchiveResult.Refused(
                "beyond-snapshot", "The snapshot was dropped while the events were copied. Give the stream's aggregate a snapshot policy first.");
        }

        return await tombstones.SaveAsync(stream, tombstone, found?.Token, cancellationToken)
            ? new ArchiveResult.Archived(tombstone, await ClearAsync(stream, tombstone, cancellationToken), plan.IsAll)
            : new ArchiveResult.Contended();
    }

    /// <summary>Copies what is taken out, if a copy is wanted, and returns the checksum; <see langword="null"/> if an event is too young.</summary>
    private async Task<string?> CopyAsync(
        StreamName stream, ArchivePlan.Extend plan, string before, bool keepCopy, CancellationToken cancellationToken)
    {
        var checksum = before;
        for (var from = plan.From; from <= plan.Through; from += Window)
        {
            var through = Math.Min(plan.Through, from + Window - 1);
            var originals = await items.ReadAsync(stream, from, through, cancellationToken);
            if (originals.Any(IsTooYoung))
            {
                return null;
            }

            var documents = EventRun.Check(stream, originals, from, through);
            var expected = EventRun.Checksum(checksum, documents);
            if (keepCopy)
            {
                await archive.WriteAsync(stream, documents, cancellationToken);
                var copies = EventRun.Check(stream, await archive.ReadAsync(stream, from, through, cancellationToken), from, through);
                if (EventRun.Checksum(checksum, copies) != expected)
                {
                    throw new StreamCorruptedException(stream, from, $"the archive's copy of events {from} to {through} is not what was copied.");
                }
            }

            checksum = expected;
        }

        return checksum;
    }

    /// <summary>Deletes what the tombstone stands for: the originals, and the copies that are not kept.</summary>
    private async Task<long> ClearAsync(StreamName stream, Tombstone tombstone, CancellationToken cancellationToken)
    {
        long deleted = 0;
        int step;
        while ((step = await items.DeleteAsync(stream, tombstone.Through, cancellationToken)) > 0)
        {
            deleted += step;
        }

        while (tombstone.KeptFrom > 1 && await archive.DeleteAsync(stream, tombstone.KeptFrom - 1, cancellationToken) > 0)
        {
        }

        return deleted;
    }

    private bool IsTooYoung(StoredEvent stored) =>
        stored.StoredAt is { } storedAt && timeProvider.GetUtcNow() - storedAt < options.MinimumAge;
}
