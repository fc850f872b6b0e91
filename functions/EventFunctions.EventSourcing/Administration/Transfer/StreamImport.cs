namespace EventFunctions.EventSourcing;

/// <summary>Writes the lines of one stream.</summary>
internal sealed class StreamImport(
    ImportRun run, IEventStore store, IStreamItems items, ITombstones tombstones, StreamHistory history, EventSerializer serializer)
{
    private readonly List<ImportProblem> _problems = [];
    private int _written;
    private int _skipped;

    /// <summary>Runs it.</summary>
    public async Task<(int Written, int Skipped, IReadOnlyList<ImportProblem> Problems)> RunAsync(CancellationToken cancellationToken)
    {
        var head = await store.LoadHeadAsync(run.Stream, cancellationToken);
        var version = head.Token is null ? await BeginAsync(cancellationToken) : head.Version;
        var known = run.Events.TakeWhile(e => e.Event.Version <= version).ToList();
        await CompareAsync(known, cancellationToken);
        var rest = run.Events.Skip(known.Count).ToList();
        if (_problems.Count > 0)
        {
            Refuse(rest, $"the stream differs from line {_problems[0].Line} on.");
        }
        else if (rest.Count > 0 && rest[0].Event.Version != version + 1)
        {
            Refuse(rest, $"the stream is at version {version}; import the chunks before this one first.");
        }
        else
        {
            await WriteAsync(head, version, await SealedAsync(rest, cancellationToken), cancellationToken);
        }

        return (_written, _skipped, _problems);
    }

    /// <summary>The version that a stream without a head is at: where its tombstone ends.</summary>
    private async Task<long> BeginAsync(CancellationToken cancellationToken)
    {
        if (run.Tombstone is { } tombstone)
        {
            // Left as it is where an interrupted import has written it.
            await tombstones.SaveAsync(run.Stream, tombstone, null, cancellationToken);
        }

        return (await tombstones.FindAsync(run.Stream, cancellationToken))?.Tombstone.Through ?? 0;
    }

    private async Task CompareAsync(List<NumberedEvent> known, CancellationToken cancellationToken)
    {
        if (known.Count == 0)
        {
            return;
        }

        var next = 0;
        try
        {
            await foreach (var stored in history.ReadAsync(run.Stream, known[0].Event.Version, known[^1].Event.Version, cancellationToken))
            {
                var document = known[next++].Event;
                if (SameEvent.Are(document, stored) || await AreSameOpenedAsync(document, stored, cancellationToken))
                {
                    _skipped++;
                }
                else
                {
                    Refuse([known[next - 1]], "the store has another event of this version; it is left as it is.");
                }
            }
        }
        catch (Exception exception) when (exception is StreamTruncatedException or StreamCorruptedException)
        {
            Refuse([.. known.Skip(next)], $"it cannot be compared with what the store has: {exception.Message}");
        }
    }

    // The same is sealed differently each time, and what an export has in clear is sealed on its way in.
    private async Task<bool> AreSameOpenedAsync(EventDocument document, EventDocument stored, CancellationToken cancellationToken) =>
        SameEvent.Are(
            await serializer.OpenAsync(await serializer.SealAsync(document, cancellationToken), cancellationToken),
            await serializer.OpenAsync(await serializer.SealAsync(stored, cancellationToken), cancellationToken));

    private async Task<List<NumberedEvent>> SealedAsync(List<NumberedEvent> events, CancellationToken cancellationToken)
    {
        var closed = new List<NumberedEvent>(events.Count);
        foreach (var (line, document) in events)
        {
            closed.Add(new NumberedEvent(line, await serializer.SealAsync(document, cancellationToken)));
        }
        return closed;
    }

    private async Task WriteAsync(
        StreamHead head, long version, List<NumberedEvent> rest, CancellationToken cancellationToken)
    {
        var current = head with { Version = version };
        for (var from = 0; from < rest.Count;)
        {
            var batch = ImportBatch.From(rest, from);
            var last = batch[^1].Event;
            current = current with { Version = last.Version, Time = last.Time < current.Time ? current.Time : last.Time };
            var (restored, cause) = await TryRestoreAsync(WithExported(current), batch, cancellationToken);
            if (cause is not null)
            {
                Refuse([.. rest.Skip(from)], cause);
                return;
            }

            current = restored;
            _written += batch.Count;
            from += batch.Count;
        }

        if (rest.Count == 0 && IsHeadMissing(current))
        {
            var (_, cause) = await TryRestoreAsync(WithExported(current), [], cancellationToken);
            if (cause is not null)
            {
                _problems.Add(new ImportProblem(run.HeadLine, run.Stream.Value, null, cause));
            }
        }
    }

    /// <summary>The head with what the export knows of it, where it is that head.</summary>
    private StreamHead WithExported(StreamHead head) => run.Head is { } exported && exported.Version == head.Version
        ? head with { Time = exported.Time, Snapshot = exported.Snapshot, Commands = exported.Commands }
        : head;

    /// <summary>Whether an import was interrupted between the events and the head, or there are no events at all.</summary>
    private bool IsHeadMissing(StreamHead head) => run.Head is { } exported && exported.Version == head.Version
        && (head.Token is null || (head is { Snapshot: null, Commands.Count: 0 } && (exported.Snapshot is not null || exported.Commands.Count > 0)));

    /// <summary>The head with its new token, or why nothing was written.</summary>
    private async Task<(StreamHead Head, string? Cause)> TryRestoreAsync(
        StreamHead head, IReadOnlyList<NumberedEvent> batch, CancellationToken cancellationToken)
    {
        try
        {
            var result = await items.RestoreAsync(
                new StreamRestoration(run.Stream, head.Token, head, [.. batch.Select(b => b.Event)]), cancellationToken);
            return result is AppendResult.Appended appended
                ? (head with { Token = appended.Token }, null)
                : (head, "another writer changed the stream meanwhile; import the chunk again.");
        }
        catch (Exception exception) when (exception is AppendTooLargeException or StreamCorruptedException)
        {
            return (head, exception.Message);
        }
    }

    private void Refuse(IEnumerable<NumberedEvent> lines, string cause) =>
        _problems.AddRange(lines.Select(l => new ImportProblem(l.Line, run.Stream.Value, l.Event.Version, cause)));
}
