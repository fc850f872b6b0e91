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

    public PartitionItems? FindPartition(PartitionKeyValue key) => _partitions.GetValueOrDefault(key);

    public RangeState Range(int index) => _ranges[index];

    public int RangeIndexOf(PartitionKeyValue key) => ranges.IndexOf(FindPartition(key)?.EffectiveKey ?? EffectivePartitionKey.Of(key));

    public void Apply(StoreRecord.ContainerReplaced record)
    {
        Definition = record.Definition;
        Timestamp = record.Timestamp;
        _expiry.Rebuild(_ranges.SelectMany(r => r.ByNumber.After(0)), Definition.DefaultTimeToLive);
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
                    PartitionFor(put.Item.PartitionKey).Put(put.Item, put.Previous);
                    range.Put(put.Item, put.Previous);
                    NextItemNumber = Math.Max(NextItemNumber, put.Item.Number + 1);
                    if (put.Previous is not null)
                    {
                        _expiry.Remove(put.Previous, Definition.DefaultTimeToLive);
                    }

                    _expiry.Add(put.Item, Definition.DefaultTimeToLive);
                    break;
                case ItemChange.Removed removed:
                    Remove(removed.Last, range);
                    break;
            }
        }
    }

    private void Remove(StoredItem item, RangeState range)
    {
        var partition = _partitions[item.PartitionKey];
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
            _partitions[key] = partition = new PartitionItems(EffectivePartitionKey.Of(key));
        }

        return partition;
    }
}
