namespace EventFunctions.Local.Cosmos.Store;

/// <summary>
/// Items in the order of a key that only ever grows (RID number, log position): appending and reading on from a key are cheap,
/// removing leaves a gap, and gaps are closed once they are the larger half.
/// </summary>
internal sealed class OrderedItems
{
    private const int CompactFrom = 32;

    private readonly List<Entry> _entries = [];
    private int _gaps;

    public int Count => _entries.Count - _gaps;

    public void Append(long key, StoredItem item)
    {
        if (_entries.Count > 0 && _entries[^1].Key >= key)
        {
            throw new InvalidOperationException($"Key {key} is not beyond the last one, {_entries[^1].Key}.");
        }

        _entries.Add(new Entry(key, item));
    }

    public void Replace(long key, StoredItem item) => _entries[IndexOf(key)] = new Entry(key, item);

    public void Remove(long key)
    {
        _entries[IndexOf(key)] = new Entry(key, null);
        _gaps++;
        if (_gaps >= CompactFrom && _gaps * 2 > _entries.Count)
        {
            _entries.RemoveAll(e => e.Item is null);
            _gaps = 0;
        }
    }

    /// <summary>The item with a key.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public StoredItem Get(long key) => _entries[IndexOf(key)].Item ?? throw new InvalidOperationException($"The item with key {key} was removed.");

    /// <summary>The items with a greater key, in order; not to be read on after a change.</summary>
    public IEnumerable<StoredItem> After(long key)
    {
        for (var i = FirstAfter(key); i < _entries.Count; i++)
        {
            if (_entries[i].Item is { } item)
            {
                yield return item;
            }
        }
    }

    private int IndexOf(long key)
    {
        var index = FirstAfter(key - 1);
        return index < _entries.Count && _entries[index].Key == key
            ? index
            : throw new InvalidOperationException($"There is no entry with key {key}.");
    }

    private int FirstAfter(long key)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = _entries[middle].Key <= key ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly record struct Entry(long Key, StoredItem? Item);
}
