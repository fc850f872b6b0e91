namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>
/// Entries in their order, in blocks: to insert, remove and count between two takes time that grows with the number of blocks, not of
/// entries, and an entry takes little more memory than itself.
/// </summary>
/// <param name="order">How entries compare.</param>
internal sealed class SortedEntries(IComparer<IndexEntry> order)
{
    private const int BlockSize = 512;

    /// <summary>None is empty.</summary>
    private readonly List<List<IndexEntry>> _blocks = [];

    public int Count { get; private set; }

    /// <summary>Takes in many at once.</summary>
    /// <param name="entries">Sorted; there must be none here yet.</param>
    public void Load(IReadOnlyList<IndexEntry> entries)
    {
        // Half full, or the first entries that come would split every block.
        foreach (var block in entries.Chunk(BlockSize / 2))
        {
            for (var i = 1; i < block.Length; i++)
            {
                block[i] = block[i].Sharing(block[i - 1]);
            }

            _blocks.Add([.. block]);
        }

        Count = entries.Count;
    }

    public void Add(IndexEntry entry)
    {
        if (_blocks.Count == 0)
        {
            _blocks.Add([entry]);
            Count = 1;
            return;
        }

        var at = Math.Max(0, BlockOf(entry));
        var block = _blocks[at];
        var index = ~block.BinarySearch(entry, order);
        entry = index > 0 ? entry.Sharing(block[index - 1]) : entry;
        entry = index < block.Count ? entry.Sharing(block[index]) : entry;
        block.Insert(index, entry);
        Count++;
        if (block.Count > BlockSize)
        {
            _blocks.Insert(at + 1, block.GetRange(BlockSize / 2, block.Count - (BlockSize / 2)));
            block.RemoveRange(BlockSize / 2, block.Count - (BlockSize / 2));
        }
    }

    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public void Remove(IndexEntry entry)
    {
        var at = BlockOf(entry);
        var index = at < 0 ? -1 : _blocks[at].BinarySearch(entry, order);
        if (index < 0)
        {
            throw new InvalidOperationException($"The entry of item {entry.Number} is not in the index.");
        }

        _blocks[at].RemoveAt(index);
        Count--;
        if (_blocks[at].Count == 0)
        {
            _blocks.RemoveAt(at);
        }
    }

    /// <summary>How many entries lie between two.</summary>
    public int CountBetween(IndexEntry low, IndexEntry high) => Math.Max(0, RankOf(high) - RankOf(low));

    /// <summary>The entries from one on upwards; not to be read on after a change.</summary>
    public IEnumerable<IndexEntry> Up(IndexEntry from)
    {
        var (block, index) = PlaceOf(from);
        for (; block < _blocks.Count; block++, index = 0)
        {
            for (; index < _blocks[block].Count; index++)
            {
                yield return _blocks[block][index];
            }
        }
    }

    /// <summary>The entries from one on downwards, it included; not to be read on after a change.</summary>
    public IEnumerable<IndexEntry> Down(IndexEntry from)
    {
        var (block, index) = PlaceOf(from);
        index = block < _blocks.Count && index < _blocks[block].Count && order.Compare(_blocks[block][index], from) == 0 ? index : index - 1;
        while (block >= 0)
        {
            for (; index >= 0; index--)
            {
                yield return _blocks[block][index];
            }

            index = --block >= 0 ? _blocks[block].Count - 1 : -1;
        }
    }

    /// <summary>How many entries lie before one.</summary>
    private int RankOf(IndexEntry entry)
    {
        var (block, index) = PlaceOf(entry);
        for (var i = 0; i < block; i++)
        {
            index += _blocks[i].Count;
        }

        return index;
    }

    /// <summary>Where an entry is, or would be.</summary>
    private (int Block, int Index) PlaceOf(IndexEntry entry)
    {
        var block = BlockOf(entry);
        if (block < 0)
        {
            return (0, 0);
        }

        var index = _blocks[block].BinarySearch(entry, order);
        return (block, index < 0 ? ~index : index);
    }

    /// <summary>The last block that begins at or before an entry; -1 where all begin behind it.</summary>
    private int BlockOf(IndexEntry entry)
    {
        var (low, high) = (0, _blocks.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = order.Compare(_blocks[middle][0], entry) <= 0 ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }
}
