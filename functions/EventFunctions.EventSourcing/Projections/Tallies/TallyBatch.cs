namespace EventFunctions.EventSourcing;

/// <summary>What a stream contributes to the tallies of a partition by now.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Part">What it contributes.</param>
/// <param name="IsNew">Whether it is thought not to have contributed to the partition before: spares a read.</param>
internal sealed record TallyChange<TTally>(StreamName Stream, TalliedPart<TTally> Part, bool IsNew)
    where TTally : class, ITally<TTally>
{
    /// <summary>The id of what is remembered of the stream beside the tallies.</summary>
    public string PartId => $"part:{Stream.Value}";
}

/// <summary>What is to be written to a partition of tallies in one transaction.</summary>
/// <param name="parts">What the streams contributed so far, by id; <see langword="null"/> for nothing.</param>
/// <param name="tallies">The tallies so far, by id; <see langword="null"/> for one that is new.</param>
internal sealed class TallyBatch<TTally>(
    IReadOnlyDictionary<string, StoredView<TalliedPart<TTally>>?> parts, IReadOnlyDictionary<string, StoredView<TTally>?> tallies)
    where TTally : class, ITally<TTally>
{
    private readonly Dictionary<string, VersionedView<TalliedPart<TTally>>> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, VersionedView<TTally>> _tallies = new(StringComparer.Ordinal);

    /// <summary>Whether there is nothing to write: the tallies hold all of it.</summary>
    public bool IsEmpty => _parts.Count == 0;

    /// <summary>Adds changes, from the first on, as long as they can be written together.</summary>
    /// <returns>How many are in it; at least one.</returns>
    public int Add(IReadOnlyList<TallyChange<TTally>> changes)
    {
        var taken = 0;
        while (taken < changes.Count && (taken == 0 || HasRoomFor(changes[taken])))
        {
            Add(changes[taken++]);
        }

        return taken;
    }

    /// <summary>What the streams contribute, to be written.</summary>
    public IReadOnlyList<ViewWrite<TalliedPart<TTally>>> Parts(string kind) =>
        [.. _parts.Select(p => new ViewWrite<TalliedPart<TTally>>(p.Key, kind, p.Value, parts[p.Key]?.ETag))];

    /// <summary>The tallies, to be written.</summary>
    public IReadOnlyList<ViewWrite<TTally>> Tallies(string kind) =>
        [.. _tallies.Select(t => new ViewWrite<TTally>(t.Key, kind, t.Value, tallies[t.Key]?.ETag))];

    private bool HasRoomFor(TallyChange<TTally> change) =>
        _parts.Count + _tallies.Count + 1 + change.Part.Cells.Keys.Count(id => !_tallies.ContainsKey(id)) <= IViewGroups.MaxViews;

    private void Add(TallyChange<TTally> change)
    {
        var before = (_parts.GetValueOrDefault(change.PartId) ?? parts[change.PartId]?.Current)?.View ?? TalliedPart<TTally>.Empty;
        var changed = change.Part.Cells.Where(c => c.Value.Version > (before.Cells.GetValueOrDefault(c.Key)?.Version ?? 0)).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        foreach (var (id, cell) in changed)
        {
            _tallies[id] = Added(_tallies.GetValueOrDefault(id) ?? tallies[id]?.Current, before.Cells.GetValueOrDefault(id), cell);
        }

        _parts[change.PartId] = Merged(before, changed);
    }

    /// <summary>All of it follows from the contributions alone, so tallies of two generations can be compared.</summary>
    private static VersionedView<TTally> Added(VersionedView<TTally>? tally, TalliedCell<TTally>? before, TalliedCell<TTally> cell)
    {
        var sum = tally?.View ?? TTally.Zero;
        return new VersionedView<TTally>(
            (before is null ? sum : sum.Minus(before.Value)).Plus(cell.Value),
            (tally?.Version ?? 0) - (before?.Version ?? 0) + cell.Version,
            tally?.Since is { } since && since < cell.Since ? since : cell.Since,
            tally?.AsOf is { } asOf && asOf > cell.AsOf ? asOf : cell.AsOf);
    }

    private static VersionedView<TalliedPart<TTally>> Merged(TalliedPart<TTally> before, IReadOnlyList<KeyValuePair<string, TalliedCell<TTally>>> changed)
    {
        var cells = before.Cells.ToDictionary(StringComparer.Ordinal);
        foreach (var (id, cell) in changed)
        {
            cells[id] = cell;
        }

        var merged = new TalliedPart<TTally>(cells);
        return new VersionedView<TalliedPart<TTally>>(merged, merged.Version, cells.Values.Min(c => c.Since), cells.Values.Max(c => c.AsOf));
    }
}
