using EventFunctions.Local.Cosmos.Store.Provisioning;

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

    /// <param name="Rid">Its number.</param>
    /// <param name="Id">Its name.</param>
    /// <param name="Timestamp">When, in seconds since 1970.</param>
    /// <param name="Throughput">What its containers share; <see langword="null"/> for nothing.</param>
    public sealed record DatabaseCreated(uint Rid, string Id, long Timestamp, ProvisionedThroughput? Throughput = null) : StoreRecord;

    public sealed record DatabaseDeleted(uint Rid) : StoreRecord;

    /// <param name="Rid">Its RID.</param>
    /// <param name="Definition">What a client said about it.</param>
    /// <param name="Ranges">How many key ranges it has.</param>
    /// <param name="Timestamp">When, in seconds since 1970.</param>
    /// <param name="Throughput">What was asked for; <see langword="null"/> where nothing was said.</param>
    public sealed record ContainerCreated(ContainerRid Rid, ContainerDefinition Definition, int Ranges, long Timestamp, ProvisionedThroughput? Throughput = null) : StoreRecord;

    public sealed record ContainerReplaced(ContainerRid Rid, ContainerDefinition Definition, long Timestamp) : StoreRecord;

    /// <summary>A database or a container has another throughput.</summary>
    public sealed record ThroughputReplaced(Offer Offer) : StoreRecord;

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
