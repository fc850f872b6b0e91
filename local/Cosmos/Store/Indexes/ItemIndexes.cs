using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>
/// The indexes over a set of items, a logical partition's or a key range's: each is made when a query first asks for its path or paths, and
/// kept up from then on. So writes pay for what is asked for, and memory holds no index of anything else.
/// </summary>
/// <param name="items">The items.</param>
internal sealed class ItemIndexes(OrderedItems items)
{
    /// <summary>So few items are looked through as fast as an index.</summary>
    public const int WorthwhileFrom = 64;

    /// <summary>
    /// How many there are of one path at the most, and of several: queries could ask for any path there is, and every index costs every write.
    /// What asks for more looks through the items.
    /// </summary>
    public const int Most = 16;

    private readonly List<ValueIndex> _indexes = [];

    /// <summary>Takes in a new item, or one in place of its version before.</summary>
    public void Put(StoredItem item, StoredItem? previous)
    {
        if (_indexes.Count == 0)
        {
            return;
        }

        if (previous is not null)
        {
            Remove(previous);
        }

        using var json = Parse(item);
        _indexes.ForEach(i => i.Add(i.Columns.EntryOf(json.RootElement, item.Number)));
    }

    public void Remove(StoredItem item)
    {
        if (_indexes.Count > 0)
        {
            using var json = Parse(item);
            _indexes.ForEach(i => i.Remove(i.Columns.EntryOf(json.RootElement, item.Number)));
        }
    }

    /// <summary>
    /// The numbers of the items that the narrowest of some filters lets pass, rising; <see langword="null"/> where looking through all
    /// is no worse.
    /// </summary>
    public IReadOnlyList<long>? Find(IReadOnlyList<IndexFilter> filters)
    {
        var (index, filter, count) = Narrowest(filters);
        return index is not null && count <= items.Count / 2 ? index.Find(filter!) : null;
    }

    /// <summary>How many items the narrowest of some filters lets pass; all there are where no index tells.</summary>
    public int Count(IReadOnlyList<IndexFilter> filters) => Narrowest(filters).Count;

    /// <summary>The index of some paths; <see langword="null"/> where the items are too few, or the indexes too many.</summary>
    public ValueIndex? Of(IndexColumns columns) => _indexes.Find(i => i.Columns.Equals(columns)) ?? Make(columns);

    private ValueIndex? Of(IndexPath path) =>
        _indexes.Find(i => i.Columns.AreOnly(path)) ?? Make(new IndexColumns([new IndexColumn(path, Turned: false)]));

    private ValueIndex? Make(IndexColumns columns)
    {
        if (items.Count < WorthwhileFrom || _indexes.Count(i => i.Columns.AreSeveral == columns.AreSeveral) == Most)
        {
            return null;
        }

        var entries = new List<IndexEntry>(items.Count);
        foreach (var item in items.After(0))
        {
            using var json = Parse(item);
            entries.Add(columns.EntryOf(json.RootElement, item.Number));
        }

        var index = new ValueIndex(columns);
        index.Load(entries);
        _indexes.Add(index);
        return index;
    }

    private (ValueIndex? Index, IndexFilter? Filter, int Count) Narrowest(IReadOnlyList<IndexFilter> filters)
    {
        (ValueIndex? Index, IndexFilter? Filter, int Count) best = (null, null, items.Count);
        foreach (var filter in filters)
        {
            if (Of(filter.Path) is { } index && index.Count(filter) is var count && count < best.Count)
            {
                best = (index, filter, count);
            }
        }

        return best;
    }

    private static JsonDocument Parse(StoredItem item) => JsonDocument.Parse(item.Json, ItemDocument.ReadOptions);
}
