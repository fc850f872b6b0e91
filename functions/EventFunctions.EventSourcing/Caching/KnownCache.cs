namespace EventFunctions.EventSourcing;

/// <summary>What was used of a store last, at most so many items; the least recently used one gives way.</summary>
/// <remarks>
/// What it holds may be old: the store's concurrency token decides whether it still counts. The cache is a dictionary and a
/// list under one lock, held for a few pointer moves, and not Microsoft.Extensions.Caching.Memory: that one makes room in the
/// background and turns new entries away until it has, boxes the key of every look-up, and would be the only package of the
/// kernel. Safe for concurrent use.
/// </remarks>
/// <param name="capacity">The most items kept; 0 for none.</param>
internal sealed class KnownCache<TKey, TItem>(int capacity)
    where TKey : struct, IEquatable<TKey>
    where TItem : class, IKnownItem<TKey>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<TItem>> _nodes = [];
    private readonly LinkedList<TItem> _lastUsedFirst = new();

    /// <summary>The item as it was seen last, if it is kept.</summary>
    public TItem? Find(TKey key)
    {
        lock (_gate)
        {
            return _nodes.TryGetValue(key, out var node) ? Touch(node).Value : null;
        }
    }

    /// <summary>Keeps an item that was read from the store or accepted by it. What does not exist has no token and is not kept.</summary>
    public void Keep(TItem item)
    {
        if (capacity == 0 || item.Token is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_nodes.TryGetValue(item.Key, out var node))
            {
                // Reads and writes of one item end in any order: a slow read does not displace what came after it.
                if (item.Version >= node.Value.Version)
                {
                    Touch(node).Value = item;
                }

                return;
            }

            if (_nodes.Count == capacity)
            {
                Remove(_lastUsedFirst.Last!);
            }

            _nodes.Add(item.Key, _lastUsedFirst.AddFirst(item));
        }
    }

    /// <summary>Forgets an item, unless it is kept under another token by now.</summary>
    public void Drop(TItem item)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(item.Key, out var node) && node.Value.Token == item.Token)
            {
                Remove(node);
            }
        }
    }

    private LinkedListNode<TItem> Touch(LinkedListNode<TItem> node)
    {
        _lastUsedFirst.Remove(node);
        _lastUsedFirst.AddFirst(node);
        return node;
    }

    private void Remove(LinkedListNode<TItem> node)
    {
        _lastUsedFirst.Remove(node);
        _nodes.Remove(node.Value.Key);
    }
}
