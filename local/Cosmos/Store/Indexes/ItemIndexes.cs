using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>
/// The indexes over a set of items, a logical partition's or a key range's: each is made when a query first asks for its path, and kept up
/// from then on. So writes pay for the paths that are asked for, and memory holds no index of the others.
/// </summary>
/// <param name="items">The items.</param>
internal sealed class ItemIndexes(OrderedItems items)
{
    /// <summary>So few items are looked through as fast as an index.</summary>
    public const int WorthwhileFrom = 64;

    /// <summary>Queries could ask for any path there is, and every index costs every write. What asks for more looks through the items.</summary>
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
        _indexes.ForEach(i => i.Add(new IndexEntry(i.Path.KeyOf(json.RootElement), item.Number)));
    }

    public void Remove(StoredItem item)
    {
        if (_indexes.Count > 0)
        {
            using var json = Parse(item);
            _indexes.ForEach(i => i.Remove(new IndexEntry(i.Path.KeyOf(json.RootElement), item.Number)));
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

    /// <summary>The index of a path; <see langword="null"/> where the items are too few, or the indexes too many.</summary>
    public ValueIndex? Of(IndexPath path)
    {
        if (_indexes.Find(i => i.Path.Equals(path)) is { } known)
        {
            return known;
        }

        if (items.Count < WorthwhileFrom || _indexes.Count == Most)
        {
            return null;
        }

        var entries = new List<IndexEntry>(items.Count);
        foreach (var item in items.After(0))
        {
            using var json = Parse(item);
            entries.Add(new IndexEntry(path.KeyOf(json.RootElement), item.Number));
        }

        var index = new ValueIndex(path);
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
