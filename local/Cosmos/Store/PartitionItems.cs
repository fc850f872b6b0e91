namespace EventFunctions.Local.Cosmos.Store;

/// <summary>The items of one logical partition: by id, and in the order of their creation.</summary>
internal sealed class PartitionItems(UInt128 effectiveKey)
{
    private readonly Dictionary<string, StoredItem> _byId = new(StringComparer.Ordinal);

    public UInt128 EffectiveKey => effectiveKey;

    public OrderedItems ByNumber { get; } = new();

    public int Count => _byId.Count;

    public StoredItem? Find(string id) => _byId.GetValueOrDefault(id);

    public void Put(StoredItem item, StoredItem? previous)
    {
        _byId[item.Id] = item;
        if (previous is null)
        {
            ByNumber.Append(item.Number, item);
        }
        else
        {
            ByNumber.Replace(item.Number, item);
        }
    }

    public void Remove(StoredItem item)
    {
        _byId.Remove(item.Id);
        ByNumber.Remove(item.Number);
    }
}
