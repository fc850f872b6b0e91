using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>The feeds of a container; the caller sees to the locking, the items found are his to keep.</summary>
internal static class ContainerReads
{
    public static ItemPage ReadItems(this ContainerState container, ItemScope scope, long afterNumber, int count, long bytes, long now)
    {
        var range = container.RangeOf(scope);
        var source = scope is ItemScope.Partition(var key)
            ? container.FindPartition(key)?.After(afterNumber, scope.Filters) ?? []
            : container.Range(range).Items.After(afterNumber, scope.Filters);

        var found = new List<StoredItem>();
        var size = 0L;
        foreach (var item in source)
        {
            if (found.Count == count || size >= bytes)
            {
                return new ItemPage(found, IsLast: false, container.SessionOf(range));
            }

            if (container.IsVisible(item, scope, now))
            {
                found.Add(item);
                size += item.Json.Length;
            }
        }

        return new ItemPage(found, IsLast: true, container.SessionOf(range));
    }

    /// <returns><see langword="null"/> where no index serves the order, or those that pass the filters are better sorted.</returns>
    public static OrderedPage? ReadInOrder(this ContainerState container, ItemScope scope, IndexOrder order, IndexEntry? from, int? wanted, int count, long now)
    {
        var range = container.RangeOf(scope);
        var items = scope is ItemScope.Partition(var key)
            ? container.FindPartition(key)?.InOrder(order, from, scope.Filters, wanted)
            : container.Range(range).Items.InOrder(order, from, scope.Filters, wanted);
        if (items is not { } source)
        {
            return null;
        }

        var found = new List<OrderedItem>();
        foreach (var (entry, item) in source)
        {
            if (found.Count == count)
            {
                return new OrderedPage(found, entry, container.SessionOf(range));
            }

            if (container.IsVisible(item, scope, now))
            {
                found.Add(new OrderedItem(entry, item));
            }
        }

        return new OrderedPage(found, Next: null, container.SessionOf(range));
    }

    public static ChangePage ReadChanges(this ContainerState container, ItemScope scope, ChangeFeedStart start, int count, long bytes, long now)
    {
        var range = container.RangeOf(scope);
        var session = container.SessionOf(range);
        (long after, long since) = start switch
        {
            ChangeFeedStart.After(var lsn) => (lsn, 0L),
            ChangeFeedStart.Since(var timestamp) => (0L, timestamp),
            _ => (session.Lsn, 0L),
        };

        var found = new List<StoredItem>();
        var size = 0L;
        foreach (var item in container.Range(range).ByPosition.After(StoredItem.PositionOf(after + 1, 0) - 1))
        {
            if ((found.Count >= count || size >= bytes) && found[^1].Lsn != item.Lsn)
            {
                return new ChangePage(found, found[^1].Lsn, session);
            }

            if (item.Timestamp >= since && container.IsVisible(item, scope, now))
            {
                found.Add(item);
                size += item.Json.Length;
            }
        }

        // The end is reached: whatever was skipped on the way need not be looked at again.
        return new ChangePage(found, Math.Max(after, session.Lsn), session);
    }

    /// <summary>The items that have expired, up to a limit.</summary>
    public static IReadOnlyList<StoredItem> ReadExpired(this ContainerState container, long now, int limit) => [.. container.Expiry.DueAt(now).Take(limit)];

    private static int RangeOf(this ContainerState container, ItemScope scope) => scope switch
    {
        ItemScope.Partition partition => container.RangeIndexOf(partition.Key),
        ItemScope.Range range => range.Index,
        _ => throw new InvalidOperationException($"Unknown scope {scope.GetType().Name}."),
    };

    private static SessionPosition SessionOf(this ContainerState container, int range) => new(range, container.Range(range).Lsn);

    private static bool IsVisible(this ContainerState container, StoredItem item, ItemScope scope, long now) =>
        !Expiry.IsDue(item, container.Definition.DefaultTimeToLive, now) && scope switch
        {
            ItemScope.Partition partition => item.PartitionKey == partition.Key,
            ItemScope.Range { IsWhole: true } => true,
            ItemScope.Range part => part.Contains(container.FindPartition(item.PartitionKey)!.EffectiveKey),
            _ => false,
        };
}
