namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>Items in the order of their creation, with the indexes that were asked for.</summary>
internal sealed class IndexedItems
{
    private ItemIndexes? _indexes;

    public OrderedItems ByNumber { get; } = new();

    public int Count => ByNumber.Count;

    public void Put(StoredItem item, StoredItem? previous)
    {
        if (previous is null)
        {
            ByNumber.Append(item.Number, item);
        }
        else
        {
            ByNumber.Replace(item.Number, item);
        }

        _indexes?.Put(item, previous);
    }

    public void Remove(StoredItem item)
    {
        ByNumber.Remove(item.Number);
        _indexes?.Remove(item);
    }

    /// <summary>The items with a greater number that could pass all of the filters, in order; not to be read on after a change.</summary>
    public IEnumerable<StoredItem> After(long number, IReadOnlyList<IndexFilter> filters) =>
        filters.Count > 0 && Indexes?.Find(filters) is { } found ? From(found, number).Select(ByNumber.Get) : ByNumber.After(number);

    /// <summary>The items that could pass all of the filters, in an order; not to be read on after a change.</summary>
    /// <param name="order">The order.</param>
    /// <param name="from">The entry to begin at; <see langword="null"/> for the first.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="wanted">How many items the reader will take that pass them; <see langword="null"/> for one that goes on with reading.</param>
    /// <returns>Each with what it has at the order's paths; <see langword="null"/> where it is better to sort those that pass the filters.</returns>
    public IEnumerable<(IndexEntry Entry, StoredItem Item)>? InOrder(IndexOrder order, IndexEntry? from, IReadOnlyList<IndexFilter> filters, int? wanted)
    {
        if (Indexes is not { } indexes)
        {
            return null;
        }

        var runs = OrderedRuns.Of(order, filters);
        if (indexes.Of(runs.Columns) is not { } index)
        {
            runs = OrderedRuns.WithoutFilters(order, filters);
            if (indexes.Of(runs.Columns) is not { } plain)
            {
                return null;
            }

            index = plain;
        }

        return wanted is { } rows && runs.Others.Count > 0 && IsSoonerSorted(indexes.Count(runs.Others), runs.CountIn(index), rows)
            ? null
            : runs.Read(index, from).Select(e => (e, ByNumber.Get(e.Number)));
    }

    /// <summary>
    /// Whether it is less to look at all items that pass the filters of which the order's index knows nothing than to go through the order
    /// until as many as wanted have passed: of how many one does, their number tells.
    /// </summary>
    private bool IsSoonerSorted(int passing, int inOrder, int wanted) => passing < inOrder && (long)passing * passing <= (long)wanted * Count;

    private ItemIndexes? Indexes => _indexes ??= Count >= ItemIndexes.WorthwhileFrom ? new ItemIndexes(ByNumber) : null;

    private static IEnumerable<long> From(IReadOnlyList<long> numbers, long after) => numbers.SkipWhile(n => n <= after);
}
