namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Messages of an entity by sequence number, and in its order. Numbers only grow, so messages lie in blocks of adjacent
/// numbers; a block is dropped when its last message leaves, except the last one, which the next messages will need: most entities
/// are empty again before their next message comes.
/// </summary>
/// <typeparam name="T">The messages.</typeparam>
internal sealed class SequenceIndex<T>
    where T : class, ISequenced
{
    private const int BlockBits = 8;
    private const int BlockSize = 1 << BlockBits;

    private readonly Dictionary<long, Block> _blocks = [];
    private Block? _first;
    private Block? _last;

    public int Count { get; private set; }

    public void Add(T message)
    {
        var number = message.SequenceNumber >> BlockBits;
        if (_last is null || _last.Number < number)
        {
            Append(number);
        }

        var block = _last!;
        block.Slots[message.SequenceNumber & (BlockSize - 1)] = message;
        block.Count++;
        Count++;
    }

    public T? Find(long sequenceNumber) =>
        _blocks.TryGetValue(sequenceNumber >> BlockBits, out var block) ? block.Slots[sequenceNumber & (BlockSize - 1)] : null;

    public void Remove(T message)
    {
        var block = _blocks[message.SequenceNumber >> BlockBits];
        block.Slots[message.SequenceNumber & (BlockSize - 1)] = null;
        Count--;
        if (--block.Count == 0 && block != _last)
        {
            Unlink(block);
        }
    }

    /// <summary>Messages with this number or a higher one, in order. Not to be enumerated while the index changes.</summary>
    public IEnumerable<T> From(long sequenceNumber)
    {
        if (!_blocks.TryGetValue(sequenceNumber >> BlockBits, out var block))
        {
            block = _first;
            while (block is not null && block.Number < sequenceNumber >> BlockBits)
            {
                block = block.Next;
            }
        }

        for (; block is not null; block = block.Next)
        {
            foreach (var message in block.Slots)
            {
                if (message is not null && message.SequenceNumber >= sequenceNumber)
                {
                    yield return message;
                }
            }
        }
    }

    private void Append(long number)
    {
        Block block;
        if (_last is { Count: 0 } empty)
        {
            Unlink(empty);
            block = new Block(number, empty.Slots);
        }
        else
        {
            block = new Block(number, new T?[BlockSize]);
        }

        _blocks.Add(number, block);
        block.Previous = _last;
        if (_last is null)
        {
            _first = block;
        }
        else
        {
            _last.Next = block;
        }

        _last = block;
    }

    private void Unlink(Block block)
    {
        _blocks.Remove(block.Number);
        if (block.Previous is null)
        {
            _first = block.Next;
        }
        else
        {
            block.Previous.Next = block.Next;
        }

        if (block.Next is null)
        {
            _last = block.Previous;
        }
        else
        {
            block.Next.Previous = block.Previous;
        }
    }

    private sealed class Block(long number, T?[] slots)
    {
        public long Number { get; } = number;

        public T?[] Slots { get; } = slots;

        public int Count { get; set; }

        public Block? Previous { get; set; }

        public Block? Next { get; set; }
    }
}
