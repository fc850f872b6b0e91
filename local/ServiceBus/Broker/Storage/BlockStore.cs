namespace EventFunctions.Local.ServiceBus;

/// <summary>
/// Keeps many pieces of bytes in blocks of equal size, taken and given back by hand. A block that was given back is used again, so what
/// passes through costs the garbage collector nothing, however much waits: it sees a few arrays without references that stay.
/// </summary>
/// <remarks>Changed by one thread at a time. What somebody holds may be read meanwhile.</remarks>
internal sealed class BlockStore
{
    private const int None = -1;

    /// <summary>So many chunks stay though they are empty, and a quarter as many as are taken: who sends and receives in turn asks for no memory.</summary>
    private const int SpareChunks = 8;

    /// <summary>Those with taken blocks and free ones. They are filled before an empty one is begun.</summary>
    private readonly LinkedList<BlockChunk> _withSpace = new();
    private readonly Stack<BlockChunk> _empty = new();
    private readonly Stack<int> _freeNumbers = new();
    private BlockChunk?[] _chunks = new BlockChunk?[SpareChunks];
    private int _numbers;

    /// <summary>How many chunks it has.</summary>
    public int Chunks => _numbers - _freeNumbers.Count;

    /// <summary>How many blocks are taken.</summary>
    public long BlocksTaken { get; private set; }

    /// <summary>Keeps bytes, which one holds from now on.</summary>
    /// <returns>What to read them by: the number of their first block.</returns>
    public int Keep(ReadOnlySpan<byte> bytes)
    {
        var first = Take();
        HoldersOf(first) = 1;
        for (var block = first; ;)
        {
            var part = bytes[..Math.Min(bytes.Length, BlockChunk.BlockSize)];
            part.CopyTo(BytesOf(block));
            bytes = bytes[part.Length..];
            if (bytes.IsEmpty)
            {
                NextOf(block) = None;
                return first;
            }

            var next = Take();
            NextOf(block) = next;
            block = next;
        }
    }

    /// <summary>Reads bytes that somebody holds.</summary>
    /// <param name="first">What <see cref="Keep"/> returned.</param>
    /// <param name="bytes">Takes them; as long as what was kept.</param>
    public void Read(int first, Span<byte> bytes)
    {
        for (var block = first; !bytes.IsEmpty; block = NextOf(block))
        {
            var part = BytesOf(block)[..Math.Min(bytes.Length, BlockChunk.BlockSize)];
            part.CopyTo(bytes);
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>One more holds them.</summary>
    /// <exception cref="InvalidOperationException">Nobody does: their blocks may be somebody else's.</exception>
    public void Hold(int first) => HoldersOf(first) = HeldBy(first) + 1;

    /// <summary>One less holds them; when nobody does, their blocks are free.</summary>
    /// <exception cref="InvalidOperationException">Nobody did.</exception>
    public void Release(int first)
    {
        if ((HoldersOf(first) = HeldBy(first) - 1) > 0)
        {
            return;
        }

        for (var block = first; block != None;)
        {
            var next = NextOf(block);
            Return(block);
            block = next;
        }
    }

    private int HeldBy(int first) => HoldersOf(first) is var holders and > 0
        ? holders
        : throw new InvalidOperationException($"Block {first} was given back already.");

    private int Take()
    {
        var chunk = _withSpace.First?.Value ?? Begin();
        var block = chunk.Take();
        if (chunk.Taken == BlockChunk.Blocks)
        {
            _withSpace.Remove(chunk.Node);
        }

        BlocksTaken++;
        return (chunk.Number * BlockChunk.Blocks) + block;
    }

    private void Return(int number)
    {
        var chunk = ChunkOf(number);
        if (chunk.Taken == BlockChunk.Blocks)
        {
            _withSpace.AddLast(chunk.Node);
        }

        chunk.Return(number % BlockChunk.Blocks);
        BlocksTaken--;
        if (chunk.Taken > 0)
        {
            return;
        }

        _withSpace.Remove(chunk.Node);
        _empty.Push(chunk);
        while (_empty.Count > SpareChunks + (BlocksTaken / BlockChunk.Blocks / 4))
        {
            var spare = _empty.Pop();
            _chunks[spare.Number] = null;
            _freeNumbers.Push(spare.Number);
        }
    }

    private BlockChunk Begin()
    {
        var chunk = _empty.TryPop(out var empty) ? empty : Add();
        _withSpace.AddLast(chunk.Node);
        return chunk;
    }

    private BlockChunk Add()
    {
        if (!_freeNumbers.TryPop(out var number))
        {
            number = _numbers++;
            if (number == _chunks.Length)
            {
                var larger = new BlockChunk?[2 * number];
                _chunks.CopyTo(larger, 0);
                Volatile.Write(ref _chunks, larger); // who reads meanwhile finds what it holds in either
            }
        }

        var chunk = new BlockChunk(number);
        _chunks[number] = chunk;
        return chunk;
    }

    private BlockChunk ChunkOf(int number) => Volatile.Read(ref _chunks)[number / BlockChunk.Blocks]!;

    private Span<byte> BytesOf(int number) => ChunkOf(number).BytesOf(number % BlockChunk.Blocks);

    private ref int NextOf(int number) => ref ChunkOf(number).NextOf(number % BlockChunk.Blocks);

    private ref int HoldersOf(int number) => ref ChunkOf(number).HoldersOf(number % BlockChunk.Blocks);
}
