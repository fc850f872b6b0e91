namespace EventFunctions.Local.Cosmos.Store;

/// <summary>
/// A partition as the operations of one batch see it: what is stored, with what the operations before did. Nothing of it is
/// stored until the whole batch has succeeded; a failed batch just drops it.
/// </summary>
internal sealed class StagedPartition(ContainerState container, PartitionKeyValue key, long lsn, long now)
{
    private readonly PartitionItems? _stored = container.FindPartition(key);
    private readonly Dictionary<string, StoredItem?> _staged = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Key, string Value), string?>? _stagedUnique = container.Definition.UniqueKeys.Keys.Count > 0 ? [] : null;
    private readonly List<ItemChange> _changes = [];
    private long _nextNumber = container.NextItemNumber;

    public ContainerRid Container => container.Rid;

    public PartitionKeyPath PartitionKeyPath => container.Definition.PartitionKey;

    public PartitionKeyValue Key => key;

    public long Now => now;

    /// <summary>The position this batch's writes will get.</summary>
    public long Lsn => lsn;

    public IReadOnlyList<ItemChange> Changes => _changes;

    /// <summary>The item, unless it is not there or has expired.</summary>
    public StoredItem? Find(string id)
    {
        if (_staged.TryGetValue(id, out var staged))
        {
            return staged;
        }

        var item = _stored?.Find(id);
        return item is null || Expiry.IsDue(item, container.Definition.DefaultTimeToLive, now) ? null : item;
    }

    /// <summary>Whether another item has a value of a unique key that this one would have.</summary>
    public bool HasUniqueValuesOfAnother(ItemDocument document) => _stagedUnique is not null && UniqueValuesOf(document.Json).Any(v =>
        (_stagedUnique.TryGetValue(v, out var staged) ? staged : _stored?.FindUnique(v.Key, v.Value)?.Id) is { } holder && holder != document.Id && Find(holder) is not null);

    /// <summary>Stages a new item, or a new version of one.</summary>
    public StoredItem Put(ItemDocument document, StoredItem? previous)
    {
        if (previous is null && !_staged.ContainsKey(document.Id) && _stored?.Find(document.Id) is { } expired)
        {
            // It is gone for every reader, but still in the indexes: it must leave them before its successor enters.
            _changes.Add(new ItemChange.Removed(key, expired.Id));
        }

        var number = previous?.Number ?? _nextNumber++;
        var etag = $"\"{Container.Container:x8}-{Lsn:x12}-{_changes.Count:x4}-{Container.Database:x8}\"";
        var json = SystemProperties.Append(document.Json, Container, number, etag, now);
        var item = new StoredItem(document.Id, key, number, Lsn, _changes.Count, etag, now, document.TimeToLive, json);
        Hold(previous, holder: null);
        Hold(item, item.Id);
        _changes.Add(new ItemChange.Put(item));
        _staged[document.Id] = item;
        return item;
    }

    /// <summary>Stages an item's removal.</summary>
    public void Remove(StoredItem item)
    {
        Hold(item, holder: null);
        _changes.Add(new ItemChange.Removed(key, item.Id));
        _staged[item.Id] = null;
    }

    private void Hold(StoredItem? item, string? holder)
    {
        if (_stagedUnique is null || item is null)
        {
            return;
        }

        foreach (var value in UniqueValuesOf(item.Json))
        {
            _stagedUnique[value] = holder;
        }
    }

    private IEnumerable<(int Key, string Value)> UniqueValuesOf(ReadOnlyMemory<byte> json) =>
        container.Definition.UniqueKeys.ValuesOf(json).Select((value, unique) => (unique, value));
}
