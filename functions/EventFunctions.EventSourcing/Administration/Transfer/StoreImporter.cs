namespace EventFunctions.EventSourcing;

/// <summary>
/// Writes a chunk of an export into a store. Events keep their ids, versions, times and metadata, and go through the change
/// feed like any other: whatever the store has not seen is published.
/// </summary>
/// <remarks>
/// An event that is there already is left, and one that is there with other content is refused, never replaced; so importing
/// again, after an interruption too, does no harm. Safe for concurrent use.
/// </remarks>
/// <param name="store">Has the heads.</param>
/// <param name="items">Takes the events.</param>
/// <param name="tombstones">Take the tombstones.</param>
/// <param name="history">Has the events there are.</param>
/// <param name="serializer">Knows which events can be read.</param>
/// <param name="validator">Knows the rules that events of another system have to keep.</param>
public sealed class StoreImporter(
    IEventStore store,
    IStreamItems items,
    ITombstones tombstones,
    StreamHistory history,
    EventSerializer serializer,
    EventValidator validator)
{
    /// <summary>Imports a chunk. The chunks of an export come in their order.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached. The same chunk may be sent again.</exception>
    public async Task<ImportReport> ImportAsync(ExportChunk chunk, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        var check = new ImportCheck(serializer, chunk.Header.Foreign == true ? validator : null);
        var report = ImportReport.Empty;
        for (var from = 0; from < chunk.Lines.Count;)
        {
            var name = chunk.Lines[from].Content.Stream!;
            var lines = chunk.Lines.Skip(from).TakeWhile(l => l.Content.Stream == name).ToList();
            from += lines.Count;
            report = report.And(StreamName.TryParse(name, out var stream)
                ? await ImportAsync(ImportRun.Of(stream, lines, check), cancellationToken)
                : Refused(lines, $"'{name}' is no stream's name ([tenant.]category-id)."));
        }

        return report with { Streams = chunk.Lines.Select(l => l.Content.Stream).Distinct().Count() };
    }

    private static ImportReport Refused(IReadOnlyList<(int Number, ExportContent Content)> lines, string cause)
    {
        var events = lines.Count(l => l.Content.Event is not null);
        return ImportReport.Empty with
        {
            Read = events,
            Refused = events,
            Problems = [.. lines.Select(l => new ImportProblem(l.Number, l.Content.Stream!, l.Content.Event?.Version, cause))],
        };
    }

    private async Task<ImportReport> ImportAsync(ImportRun run, CancellationToken cancellationToken)
    {
        var import = new StreamImport(run, store, items, tombstones, history, serializer);
        var done = await import.RunAsync(cancellationToken);
        var problems = run.Problems.Concat(done.Problems).OrderBy(p => p.Line).ToList();
        var refused = problems.Count(p => p.Version is not null);
        return new ImportReport(1, done.Written + done.Skipped + refused, done.Written, done.Skipped, refused, problems).And(ImportReport.Empty);
    }
}
