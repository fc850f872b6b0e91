namespace EventFunctions.Local.Cosmos.Store;

/// <summary>
/// One change of the store's state, complete enough to be written to a log and applied again from there. Whatever changes state
/// does so by one of these, applied in one place.
/// </summary>
internal abstract record StoreRecord
{
    private StoreRecord()
    {
    }

    public sealed record DatabaseCreated(uint Rid, string Id, long Timestamp) : StoreRecord;

    public sealed record DatabaseDeleted(uint Rid) : StoreRecord;

    public sealed record ContainerCreated(ContainerRid Rid, ContainerDefinition Definition, int Ranges, long Timestamp) : StoreRecord;

    public sealed record ContainerReplaced(ContainerRid Rid, ContainerDefinition Definition, long Timestamp) : StoreRecord;

    public sealed record ContainerDeleted(ContainerRid Rid) : StoreRecord;

    /// <summary>The writes of one operation, of one batch, or of one sweep of expired items, at one position of one key range.</summary>
    public sealed record ItemsChanged(ContainerRid Container, int Range, long Lsn, IReadOnlyList<ItemChange> Changes) : StoreRecord;
}

/// <summary>What became of one item.</summary>
internal abstract record ItemChange
{
    private ItemChange()
    {
    }

    /// <summary>The item is there now, in the place of the version before, if there was one.</summary>
    public sealed record Put(StoredItem Item) : ItemChange;

    /// <summary>The item is not there any more.</summary>
    public sealed record Removed(PartitionKeyValue PartitionKey, string Id) : ItemChange;
}
