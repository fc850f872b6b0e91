namespace EventFunctions.EventSourcing;

/// <summary>The heads of the streams used last, at most so many; the least recently used one gives way.</summary>
/// <remarks>
/// What it holds may be old: the store's concurrency token decides whether it still counts. The cache is a dictionary and a
/// list under one lock, held for a few pointer moves, and not Microsoft.Extensions.Caching.Memory: that one makes room in the
/// background and turns new entries away until it has, boxes the key of every look-up, and would be the only package of the
/// kernel. Safe for concurrent use.
/// </remarks>
/// <param name="capacity">The most heads kept; 0 for none.</param>
internal sealed class HeadCache<TState>(int capacity)
    where TState : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<StreamName, LinkedListNode<KnownHead<TState>>> _nodes = [];
    private readonly LinkedList<KnownHead<TState>> _lastUsedFirst = new();

    /// <summary>The head of a stream as it was seen last, if it is kept.</summary>
    public KnownHead<TState>? Find(StreamName stream)
    {
        lock (_gate)
        {
            return _nodes.TryGetValue(stream, out var node) ? Touch(node).Value : null;
        }
    }

    /// <summary>Keeps a head that was read from the store or accepted by it. A stream that does not exist has none to keep.</summary>
    public void Keep(KnownHead<TState> known)
    {
        if (capacity == 0 || known.Head.Token is null)
        {
            return;
        }

        lock (_gate)
        {
            if (_nodes.TryGetValue(known.Stream, out var node))
            {
                // Reads and appends of one stream end in any order: a slow read does not displace what came after it.
                if (known.Head.Version >= node.Value.Head.Version)
                {
                    Touch(node).Value = known;
                }

                return;
            }

            if (_nodes.Count == capacity)
            {
                Remove(_lastUsedFirst.Last!);
            }

            _nodes.Add(known.Stream, _lastUsedFirst.AddFirst(known));
        }
    }

    /// <summary>Forgets a head, unless another one of its stream is kept by now.</summary>
    public void Drop(KnownHead<TState> known)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(known.Stream, out var node) && node.Value.Head.Token == known.Head.Token)
            {
                Remove(node);
            }
        }
    }

    private LinkedListNode<KnownHead<TState>> Touch(LinkedListNode<KnownHead<TState>> node)
    {
        _lastUsedFirst.Remove(node);
        _lastUsedFirst.AddFirst(node);
        return node;
    }

    private void Remove(LinkedListNode<KnownHead<TState>> node)
    {
        _lastUsedFirst.Remove(node);
        _nodes.Remove(node.Value.Stream);
    }
}
