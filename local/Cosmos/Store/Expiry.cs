namespace EventFunctions.Local.Cosmos.Store;

/// <summary>
/// When an item stops being visible: with the container's time to live off never, else by the item's own, else by the
/// container's; -1 means never ("Time to Live (TTL) in Azure Cosmos DB").
/// </summary>
internal static class Expiry
{
    /// <summary>The second since 1970 from which on the item is gone; <see langword="null"/> for never.</summary>
    public static long? DueAt(StoredItem item, int? containerTimeToLive) =>
        (containerTimeToLive, item.TimeToLive ?? containerTimeToLive) switch
        {
            (null, _) or (_, null or -1) => null,
            (_, { } seconds) => item.Timestamp + seconds,
        };

    public static bool IsDue(StoredItem item, int? containerTimeToLive, long now) => DueAt(item, containerTimeToLive) <= now;
}
