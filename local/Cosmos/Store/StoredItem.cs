namespace EventFunctions.Local.Cosmos.Store;

/// <summary>One version of an item, as it is kept and as it is served: never changed, only superseded.</summary>
/// <param name="Id">The item's id, unique in its partition.</param>
/// <param name="PartitionKey">The value of its partition key.</param>
/// <param name="Number">The number in its RID: rises with every item created in the container and stays with the item.</param>
/// <param name="Lsn">The position of its write in its key range; all writes of one batch share one.</param>
/// <param name="Sequence">The place of the write in its batch, from 0.</param>
/// <param name="ETag">With the quotes that belong to it.</param>
/// <param name="Timestamp">When it was written, seconds since 1970.</param>
/// <param name="TimeToLive">The item's own time to live in seconds, -1 for never; <see langword="null"/> where the container's applies.</param>
/// <param name="Json">UTF-8, with the system properties.</param>
internal sealed record StoredItem(
    string Id,
    PartitionKeyValue PartitionKey,
    long Number,
    long Lsn,
    int Sequence,
    string ETag,
    long Timestamp,
    int? TimeToLive,
    ReadOnlyMemory<byte> Json)
{
    /// <summary>More than the changes of the largest batch, each of whose creates may also take an expired item away.</summary>
    private const long MaxSequence = 256;

    /// <summary>Where the write stands among all writes of its key range.</summary>
    public long Position => PositionOf(Lsn, Sequence);

    public static long PositionOf(long lsn, int sequence) => (lsn * MaxSequence) + sequence;
}

/// <summary>The service's limits on one transactional batch ("Azure Cosmos DB service quotas", per-request limits).</summary>
internal static class BatchLimits
{
    public const int MaxOperations = 100;

    public const int MaxBytes = 2 * 1024 * 1024;
}
