namespace EventFunctions.Local.ServiceBus;

/// <summary>A number of adjacent blocks: one array of bytes, and which of them are free.</summary>
internal sealed class BlockChunk
{
    /// <summary>What a block holds, in bytes: a message of 1 KB leaves half of one empty at the most.</summary>
    public const int BlockSize = 128;

    /// <summary>A chunk is of 64 KB: an array above 85,000 bytes would be a large object, of which the garbage collector takes less care.</summary>
    public const int Blocks = 512;

    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Blocks * BlockSize);
    private readonly int[] _next = new int[Blocks];
    private readonly int[] _holders = new int[Blocks];
    private int _free;

    public BlockChunk(int number)
    {
        Number = number;
        Node = new LinkedListNode<BlockChunk>(this);
        for (var block = 0; block < Blocks; block++)
        {
            _next[block] = block + 1;
        }
    }

    /// <summary>Its number among the chunks of a store.</summary>
    public int Number { get; }

    /// <summary>Its place among those with free blocks.</summary>
    public LinkedListNode<BlockChunk> Node { get; }

    /// <summary>How many blocks are taken.</summary>
    public int Taken { get; private set; }

    /// <summary>The bytes of a block.</summary>
    public Span<byte> BytesOf(int block) => _bytes.AsSpan(block * BlockSize, BlockSize);

    /// <summary>The block that follows a taken one, by its number in the store.</summary>
    public ref int NextOf(int block) => ref _next[block];

    /// <summary>How many hold what begins in a taken block.</summary>
    public ref int HoldersOf(int block) => ref _holders[block];

    /// <summary>Takes a free block; there must be one.</summary>
    public int Take()
    {
        var block = _free;
        _free = _next[block];
        Taken++;
        return block;
    }

    /// <summary>Gives a block back.</summary>
    public void Return(int block)
    {
        _next[block] = _free;
        _free = block;
        Taken--;
    }
}
