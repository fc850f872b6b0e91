namespace EventFunctions.Local.Cosmos.Store.UniqueKeys;

/// <summary>Which item of a logical partition has which value of each unique key.</summary>
internal sealed class UniqueValues(UniqueKeyPolicy policy)
{
    private readonly Dictionary<(int Key, string Value), string> _holders = [];

    /// <summary>The id of the item that has a value; <see langword="null"/> where none has.</summary>
    public string? HolderOf(int key, string value) => _holders.GetValueOrDefault((key, value));

    public void Put(StoredItem item, StoredItem? previous)
    {
        if (previous is not null)
        {
            Remove(previous);
        }

        foreach (var held in Of(item))
        {
            _holders[held] = item.Id;
        }
    }

    /// <summary>What an item has is free, unless it had expired and another one has it by now.</summary>
    public void Remove(StoredItem item)
    {
        foreach (var held in Of(item).Where(h => HolderOf(h.Key, h.Value) == item.Id))
        {
            _holders.Remove(held);
        }
    }

    private IEnumerable<(int Key, string Value)> Of(StoredItem item) => policy.ValuesOf(item.Json).Select((value, key) => (key, value));
}
