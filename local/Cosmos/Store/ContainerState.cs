namespace EventFunctions.Local.Cosmos.Store;

/// <summary>What a container holds. The <c>Apply</c> methods are the only place where items change; the caller sees to the locking.</summary>
internal sealed class ContainerState(ContainerRid rid, ContainerDefinition definition, KeyRangeMap ranges, long timestamp)
{
    private readonly Dictionary<PartitionKeyValue, PartitionItems> _partitions = [];
    private readonly RangeState[] _ranges = [.. Enumerable.Range(0, ranges.Count).Select(_ => new RangeState())];
    private readonly ExpiryQueue _expiry = new();

    public ContainerRid Rid => rid;

    public ContainerDefinition Definition { get; private set; } = definition;

    public long Timestamp { get; private set; } = timestamp;

    public KeyRangeMap RangeMap => ranges;

    public long NextItemNumber { get; private set; } = 1;

    public ExpiryQueue Expiry => _expiry;

    public static ContainerState Of(StoreRecord.ContainerCreated record) =>
        new(record.Rid, record.Definition, new KeyRangeMap(record.Ranges), record.Timestamp);

    public PartitionItems? FindPartition(PartitionKeyValue key) => _partitions.GetValueOrDefault(key);

    public RangeState Range(int index) => _ranges[index];

    public int RangeIndexOf(PartitionKeyValue key) => ranges.IndexOf(FindPartition(key)?.EffectiveKey ?? EffectivePartitionKey.Of(key));

    /// <summary>Everything it holds, so that it can be written out after the lock is given up: no item is ever changed.</summary>
    public ContainerNote Note() =>
        new(rid, Definition, Timestamp, NextItemNumber, [.. _ranges.Select(r => new RangeNote(r.Lsn, [.. r.ByPosition.After(0)]))]);

    /// <summary>Takes in what was noted; it must be empty.</summary>
    public void Load(ContainerNote note)
    {
        foreach (var (range, noted) in _ranges.Zip(note.Ranges))
        {
            StoredItem[] byNumber = [.. noted.Items];
            Array.Sort([.. noted.Items.Select(i => i.Number)], byNumber);
            range.Load(noted, byNumber);
            foreach (var item in byNumber)
            {
                PartitionFor(item.PartitionKey).Put(item, previous: null);
            }
        }

        NextItemNumber = note.NextItemNumber;
        _expiry.Rebuild(note.Ranges.SelectMany(r => r.Items), Definition.DefaultTimeToLive);
    }

    public void Apply(StoreRecord.ContainerReplaced record)
    {
        Definition = record.Definition;
        Timestamp = record.Timestamp;
        _expiry.Rebuild(_ranges.SelectMany(r => r.Items.ByNumber.After(0)), Definition.DefaultTimeToLive);
    }

    public void Apply(StoreRecord.ItemsChanged record)
    {
        var range = _ranges[record.Range];
        range.Advance(record.Lsn);
        foreach (var change in record.Changes)
        {
            switch (change)
            {
                case ItemChange.Put put:
                    Put(put.Item, range);
                    break;
                case ItemChange.Removed removed:
                    Remove(removed, range);
                    break;
            }
        }
    }

    private void Put(StoredItem item, RangeState range)
    {
        var partition = PartitionFor(item.PartitionKey);
        var previous = partition.Find(item.Id);
        partition.Put(item, previous);
        range.Put(item, previous);
        NextItemNumber = Math.Max(NextItemNumber, item.Number + 1);
        if (previous is not null)
        {
            _expiry.Remove(previous, Definition.DefaultTimeToLive);
        }

        _expiry.Add(item, Definition.DefaultTimeToLive);
    }

    private void Remove(ItemChange.Removed removed, RangeState range)
    {
        var partition = _partitions[removed.PartitionKey];
        var item = partition.Find(removed.Id) ?? throw new InvalidOperationException($"The item '{removed.Id}' to remove is not there.");
        partition.Remove(item);
        range.Remove(item);
        _expiry.Remove(item, Definition.DefaultTimeToLive);
        if (partition.Count == 0)
        {
            _partitions.Remove(item.PartitionKey);
        }
    }

    private PartitionItems PartitionFor(PartitionKeyValue key)
    {
        if (!_partitions.TryGetValue(key, out var partition))
        {
            _partitions[key] = partition = new PartitionItems(EffectivePartitionKey.Of(key), Definition.UniqueKeys);
        }

        return partition;
    }
}
