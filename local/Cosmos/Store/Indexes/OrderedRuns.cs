namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>
/// How an order is read where filters ask for given keys: from an index of the filters' paths and then the order's, in which the items
/// that have these keys lie one after another, in the order. Where several keys will do, there is a run of each, and they are merged.
/// </summary>
internal sealed class OrderedRuns
{
    /// <summary>A page is read from so many runs at the most; a filter that would make more is left to the reader.</summary>
    private const int Most = 32;

    private readonly IndexOrder _order;
    private readonly int _filtered;
    private readonly List<(IndexEntry Low, IndexEntry High)> _runs;

    private OrderedRuns(IndexOrder order, IReadOnlyList<IndexFilter> filters, List<IndexFilter> leading)
    {
        _order = order;
        _filtered = leading.Count;
        Columns = new IndexColumns([.. leading.Select(f => new IndexColumn(f.Path, Turned: false)), .. order.Columns.All]);
        Others = [.. filters.Where(f => !Columns.All.Any(c => c.Path.Equals(f.Path)))];
        _runs = [.. RunsOf(Columns, filters).Select(r => (Columns.Before(r.Low), Columns.After(r.High)))];
    }

    /// <summary>The index.</summary>
    public IndexColumns Columns { get; }

    /// <summary>Filters that it knows nothing of.</summary>
    public IReadOnlyList<IndexFilter> Others { get; }

    /// <summary>Reads an order by an index that has the filters' paths first.</summary>
    public static OrderedRuns Of(IndexOrder order, IReadOnlyList<IndexFilter> filters)
    {
        var (leading, runs) = (new List<IndexFilter>(), 1L);
        foreach (var filter in filters.Where(f => f.IsOfPoints && !order.Columns.All.Any(c => c.Path.Equals(f.Path))).OrderBy(f => f.Ranges.Count))
        {
            if ((runs *= filter.Ranges.Count) <= Most)
            {
                leading.Add(filter);
            }
        }

        // However a query words it, the index is the same.
        return new OrderedRuns(order, filters, [.. leading.OrderBy(f => f.Path.ToString(), StringComparer.Ordinal)]);
    }

    /// <summary>Reads an order by an index of its own paths only.</summary>
    public static OrderedRuns WithoutFilters(IndexOrder order, IReadOnlyList<IndexFilter> filters) => new(order, filters, []);

    /// <summary>How many items are in the runs.</summary>
    public int CountIn(ValueIndex index) => _runs.Sum(r => index.CountBetween(r.Low, r.High));

    /// <summary>The runs' entries in the order, each without the filters' keys; not to be read on after a change.</summary>
    /// <param name="index">The index.</param>
    /// <param name="from">The entry to begin at, without the filters' keys; <see langword="null"/> for the first.</param>
    public IEnumerable<IndexEntry> Read(ValueIndex index, IndexEntry? from) => _runs is [var only] ? Read(index, only, from) : Merge(index, from);

    private IEnumerable<IndexEntry> Merge(ValueIndex index, IndexEntry? from)
    {
        var heads = new PriorityQueue<IEnumerator<IndexEntry>, IndexEntry>(_order);
        try
        {
            foreach (var run in _runs)
            {
                Enqueue(Read(index, run, from).GetEnumerator());
            }

            while (heads.TryDequeue(out var first, out var entry))
            {
                Enqueue(first);
                yield return entry;
            }
        }
        finally
        {
            foreach (var (head, _) in heads.UnorderedItems)
            {
                head.Dispose();
            }
        }

        void Enqueue(IEnumerator<IndexEntry> run)
        {
            if (run.MoveNext())
            {
                heads.Enqueue(run, run.Current);
            }
            else
            {
                run.Dispose();
            }
        }
    }

    private IEnumerable<IndexEntry> Read(ValueIndex index, (IndexEntry Low, IndexEntry High) run, IndexEntry? from)
    {
        var (low, high) = run;
        if (from is { } place)
        {
            var start = IndexEntry.Of([.. low.Keys[.._filtered], .. place.Keys], place.Number);
            (low, high) = _order.Descending ? (low, Columns.Compare(start, high) < 0 ? start : high) : (Columns.Compare(start, low) > 0 ? start : low, high);
        }

        return index.Walk(low, high, _order.Descending).Select(e => e.Without(_filtered));
    }

    /// <summary>
    /// The first keys of each run, at its beginning and its end: what filters on the paths say, one path after another, as long as each
    /// before asks for given keys.
    /// </summary>
    private static List<(IndexKey[] Low, IndexKey[] High)> RunsOf(IndexColumns columns, IReadOnlyList<IndexFilter> filters)
    {
        List<(IndexKey[] Low, IndexKey[] High)> runs = [([], [])];
        foreach (var column in columns.All)
        {
            if (filters.FirstOrDefault(f => f.Path.Equals(column.Path)) is not { } filter)
            {
                return runs;
            }

            // Of so many that are too many all is read that lies between the first and the last.
            var ranges = (long)runs.Count * filter.Ranges.Count <= Most ? filter.Ranges : [new IndexRange(filter.Ranges[0].Low, filter.Ranges[^1].High)];
            runs = [.. runs.SelectMany(run => ranges.Select(r => column.Turned
                ? ((IndexKey[])[.. run.Low, r.High], (IndexKey[])[.. run.High, r.Low])
                : ((IndexKey[])[.. run.Low, r.Low], (IndexKey[])[.. run.High, r.High])))];
            if (!ranges.All(r => r.IsPoint))
            {
                return runs;
            }
        }

        return runs;
    }
}
