namespace EventFunctions.Local.Cosmos.Store;

/// <summary>The items of one logical partition: by id, and in the order of their creation.</summary>
internal sealed class PartitionItems(UInt128 effectiveKey)
{
    private readonly Dictionary<string, StoredItem> _byId = new(StringComparer.Ordinal);
    private PartitionIndexes? _indexes;

    public UInt128 EffectiveKey => effectiveKey;

    public OrderedItems ByNumber { get; } = new();

    public int Count => _byId.Count;

    public StoredItem? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The items with a greater number, in order; with a window, at least those that lie in it.</summary>
    public IEnumerable<StoredItem> After(long number, NumberWindow? window) =>
        window is not null && Find(window) is { } found ? found.Where(n => n > number).Select(ByNumber.Get) : ByNumber.After(number);

    public void Put(StoredItem item, StoredItem? previous)
    {
        _byId[item.Id] = item;
        _indexes?.Put(item);
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
        _indexes?.Remove(item);
        ByNumber.Remove(item.Number);
    }

    private IReadOnlyList<long>? Find(NumberWindow window)
    {
        if (_indexes is null && Count >= PartitionIndexes.WorthwhileFrom)
        {
            _indexes = new PartitionIndexes();
        }

        return _indexes?.Find(window, ByNumber);
    }
}
