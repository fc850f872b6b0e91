namespace EventFunctions.EventSourcing;

/// <summary>The tallies of a partition, with what each stream contributed to them.</summary>
/// <param name="projection">The projection's name: the kind of the tallies.</param>
/// <param name="views">Keeps them.</param>
internal sealed class TallyPartition<TTally>(string projection, IViewStore views)
    where TTally : class, ITally<TTally>
{
    /// <summary>More than those of one stream's memory: a popular tally is written to for many streams at a time.</summary>
    private const int MaxAttempts = 20;

    /// <summary>Brings what a stream contributes to the tallies of the partition up to what it is by now.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="part">What it contributes by now.</param>
    /// <param name="isNew">Whether it is thought not to have contributed to the partition before: spares a read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the tallies hold it, or something newer; not where other writers won every attempt.</returns>
    public async Task<bool> TryBringAsync(
        string partition, StreamName stream, TalliedPart<TTally> part, bool isNew, CancellationToken cancellationToken)
    {
        var key = new ViewKey(partition, $"part:{stream.Value}");
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var held = isNew && attempt == 1 ? null : await views.FindAsync<TalliedPart<TTally>>(key, cancellationToken);
            var before = held?.Current.View ?? TalliedPart<TTally>.Empty;
            var changed = part.Cells.Where(c => c.Value.Version > (before.Cells.GetValueOrDefault(c.Key)?.Version ?? 0)).ToList();
            if (changed.Count == 0)
            {
                return true;
            }

            var tallies = await Task.WhenAll(changed.Select(c => AddAsync(partition, c.Key, c.Value, before, cancellationToken)));
            if (await views.SaveTogetherAsync(
                partition,
                new ViewWrite<TalliedPart<TTally>>(key.Id, TallyKinds.PartOf(projection), Merged(before, changed), held?.ETag),
                tallies,
                cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private static VersionedView<TalliedPart<TTally>> Merged(
        TalliedPart<TTally> before, IReadOnlyList<KeyValuePair<string, TalliedCell<TTally>>> changed)
    {
        var cells = before.Cells.ToDictionary(StringComparer.Ordinal);
        foreach (var (id, cell) in changed)
        {
            cells[id] = cell;
        }

        var merged = new TalliedPart<TTally>(cells);
        return new VersionedView<TalliedPart<TTally>>(merged, merged.Version, cells.Values.Min(c => c.Since), cells.Values.Max(c => c.AsOf));
    }

    private async Task<ViewWrite<TTally>> AddAsync(
        string partition, string id, TalliedCell<TTally> cell, TalliedPart<TTally> before, CancellationToken cancellationToken)
    {
        var stored = await views.FindAsync<TTally>(new ViewKey(partition, id), cancellationToken);
        var added = before.Cells.GetValueOrDefault(id);
        var tally = stored?.Current.View ?? TTally.Zero;
        tally = (added is null ? tally : tally.Minus(added.Value)).Plus(cell.Value);

        // All of it follows from the contributions alone, so tallies of two generations can be compared.
        var version = (stored?.Current.Version ?? 0) - (added?.Version ?? 0) + cell.Version;
        return new ViewWrite<TTally>(
            id,
            projection,
            new VersionedView<TTally>(tally, version, Earlier(stored?.Current.Since, cell.Since), Later(stored?.Current.AsOf, cell.AsOf)),
            stored?.ETag);
    }

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset other) => one is { } time && time < other ? time : other;

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one is { } time && time > other ? time : other;
}
