using EventFunctions.Local.Cosmos.Store.Indexes;
using EventFunctions.Local.Cosmos.Store.UniqueKeys;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>The items of one logical partition: by id, in the order of their creation, and by what queries ask for.</summary>
/// <param name="effectiveKey">Its place in the ring of hashes.</param>
/// <param name="uniqueKeys">What its items may not have in common.</param>
internal sealed class PartitionItems(UInt128 effectiveKey, UniqueKeyPolicy uniqueKeys)
{
    private readonly Dictionary<string, StoredItem> _byId = new(StringComparer.Ordinal);

    private readonly UniqueValues? _unique = uniqueKeys.Keys.Count > 0 ? new UniqueValues(uniqueKeys) : null;

    public UInt128 EffectiveKey => effectiveKey;

    public IndexedItems Items { get; } = new();

    public int Count => _byId.Count;

    public StoredItem? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The item that has a value of a unique key.</summary>
    public StoredItem? FindUnique(int key, string value) => _unique?.HolderOf(key, value) is { } id ? Find(id) : null;

    /// <summary>The items with a greater number that could pass all of the filters, in order; not to be read on after a change.</summary>
    public IEnumerable<StoredItem> After(long number, IReadOnlyList<IndexFilter> filters) =>
        ById(filters) is { } named ? named.Where(i => i.Number > number) : Items.After(number, filters);

    /// <inheritdoc cref="IndexedItems.InOrder"/>
    public IEnumerable<(IndexEntry Entry, StoredItem Item)>? InOrder(IndexOrder order, IndexEntry? from, IReadOnlyList<IndexFilter> filters, int? wanted) =>
        ById(filters) is null ? Items.InOrder(order, from, filters, wanted) : null;

    public void Put(StoredItem item, StoredItem? previous)
    {
        _byId[item.Id] = item;
        Items.Put(item, previous);
        _unique?.Put(item, previous);
    }

    public void Remove(StoredItem item)
    {
        _byId.Remove(item.Id);
        Items.Remove(item);
        _unique?.Remove(item);
    }

    /// <summary>Those that a filter names by their whole ids; <see langword="null"/> where none does.</summary>
    private List<StoredItem>? ById(IReadOnlyList<IndexFilter> filters)
    {
        var filter = filters.FirstOrDefault(f => f.Path.IsId && f.Ranges.All(r => r is { IsPoint: true, Low: { IsExact: true, Type: IndexKeyType.String } }));
        return filter?.Ranges.Select(r => Find(r.Low.Text!)).OfType<StoredItem>().OrderBy(i => i.Number).ToList();
    }
}
