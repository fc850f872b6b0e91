namespace EventFunctions.EventSourcing;

/// <summary>Verifies one stream.</summary>
internal sealed class StreamVerification(
    StreamName stream,
    StreamHead head,
    ISnapshotCheck? check,
    EventAudit audit,
    StreamVerdict verdict,
    IStreamItems items,
    IEventArchive archive,
    ITombstones tombstones)
{
    private const int Window = 256;

    private string? _checksum;

    /// <summary>Runs it.</summary>
    public async Task<StreamVerdict> RunAsync(CancellationToken cancellationToken)
    {
        CheckHead();
        StoredTombstone? found;
        try
        {
            found = await tombstones.FindAsync(stream, cancellationToken);
        }
        catch (StreamCorruptedException exception)
        {
            Add(FindingCodes.UnreadableTombstone, null, exception.Message);
            return verdict;
        }

        var from = 1L;
        if (found is { Tombstone: var tombstone })
        {
            await CheckTombstoneAsync(tombstone, cancellationToken);
            from = tombstone.Through + 1;
        }

        await ReadAsync(items.ReadAsync, from, head.Version, FindingCodes.Gap, cancellationToken);
        foreach (var beyond in await items.ReadAsync(stream, head.Version + 1, EventDocument.MaxVersion, cancellationToken))
        {
            Add(FindingCodes.BeyondHead, beyond.Version, $"The head is at version {head.Version}, so no reader of the state sees this event.");
        }

        return verdict;
    }

    private void CheckHead()
    {
        foreach (var command in head.Commands.Where(c => c.Version > head.Version))
        {
            Add(
                FindingCodes.CommandBeyondHead,
                null,
                $"Command {command.CommandId} is said to have led to version {command.Version}; the head is at {head.Version}.");
        }

        if (head.Snapshot is not { } snapshot)
        {
            return;
        }

        if (snapshot.Version > head.Version)
        {
            Add(FindingCodes.SnapshotBeyondHead, null, $"The snapshot is of version {snapshot.Version}; the head is at {head.Version}.");
        }
        else if (check?.Judge(snapshot) == SnapshotStanding.Unreadable)
        {
            Add(
                FindingCodes.UnreadableSnapshot,
                null,
                $"The snapshot says that it has schema {snapshot.Schema}, and cannot be read as that. "
                + "The events tell the state; the next append replaces it.");
        }
    }

    private async Task CheckTombstoneAsync(Tombstone tombstone, CancellationToken cancellationToken)
    {
        var left = await items.ReadAsync(stream, 1, Math.Min(tombstone.Through, Window), cancellationToken);
        if (left.Count == 0 && tombstone.Through > Window)
        {
            // The oldest are deleted first, so what is left is at the end.
            left = await items.ReadAsync(stream, tombstone.Through, tombstone.Through, cancellationToken);
        }

        if (left.Count > 0)
        {
            Add(
                FindingCodes.ArchivingUnfinished,
                left[0].Version,
                $"The tombstone stands for events up to {tombstone.Through}, and some are still there. Archive the stream again.");
        }

        if (tombstone.KeptFrom > 1)
        {
            audit.SkipReplay();
            if (head.Snapshot is null || head.Snapshot.Version < tombstone.KeptFrom - 1)
            {
                Add(
                    FindingCodes.StateLost,
                    null,
                    $"Events up to {tombstone.KeptFrom - 1} are gone and no snapshot covers them. The tombstone has the snapshot of that time.");
            }
        }

        if (tombstone.HasCopies)
        {
            _checksum = tombstone.KeptBase;
            await ReadAsync(archive.ReadAsync, tombstone.KeptFrom, tombstone.Through, FindingCodes.ArchiveGap, cancellationToken);
            if (_checksum is not null && _checksum != tombstone.Checksum)
            {
                Add(FindingCodes.ArchiveChecksum, tombstone.KeptFrom, "The archive's copies are not the events that were taken out of the stream.");
            }

            _checksum = null;
        }
    }

    private async Task ReadAsync(
        Func<StreamName, long, long, CancellationToken, Task<IReadOnlyList<StoredEvent>>> read,
        long from,
        long through,
        string gapCode,
        CancellationToken cancellationToken)
    {
        for (var next = from; next <= through;)
        {
            var last = Math.Min(through, next + Window - 1);
            foreach (var stored in await read(stream, next, last, cancellationToken))
            {
                Missing(gapCode, next, Math.Min(stored.Version - 1, last));
                if (stored.Version < next)
                {
                    Add(FindingCodes.DuplicateVersion, stored.Version, $"Item '{stored.Id}' says it is version {stored.Version}, and so does another.");
                    continue;
                }

                _checksum = await audit.CheckAsync(stored, _checksum, cancellationToken);
                next = stored.Version + 1;
            }

            Missing(gapCode, next, last);
            next = last + 1;
        }
    }

    private void Missing(string code, long from, long through)
    {
        if (from > through)
        {
            return;
        }

        _checksum = null;
        audit.SkipReplay();
        Add(code, from, from == through ? $"Event {from} is missing." : $"Events {from} to {through} are missing.");
    }

    private void Add(string code, long? version, string detail) => verdict.Findings.Add(new Finding(code, stream.Value, version, detail));
}
