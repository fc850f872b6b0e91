namespace EventFunctions.Local.Cosmos.Store;

/// <summary>
/// The indexes of one partition: made when a query first asks for a window of a member's numbers, kept up from then on. Without
/// them reading a long partition window by window would look at all of it for every window.
/// </summary>
internal sealed class PartitionIndexes
{
    /// <summary>A partition this small is looked through as fast as an index.</summary>
    public const int WorthwhileFrom = 256;

    /// <summary>A window wider than this is no more than a part of the partition worth looking through.</summary>
    private const int WidestWindow = 1024;

    /// <summary>Queries could ask for any member there is; every index costs every write.</summary>
    private const int MostIndexes = 4;

    private readonly List<NumberIndex> _indexes = [];

    public void Put(StoredItem item) => _indexes.ForEach(i => i.Put(item));

    public void Remove(StoredItem item) => _indexes.ForEach(i => i.Remove(item));

    /// <summary>The numbers of the items in a window, rising; <see langword="null"/> where the items have to be looked through.</summary>
    /// <param name="window">The window.</param>
    /// <param name="items">All items of the partition.</param>
    public IReadOnlyList<long>? Find(NumberWindow window, OrderedItems items) => IndexOf(window.Member, items)?.Find(window, WidestWindow);

    private NumberIndex? IndexOf(string member, OrderedItems items)
    {
        if (_indexes.Find(i => i.Member == member) is { } known)
        {
            return known;
        }

        if (_indexes.Count == MostIndexes)
        {
            return null;
        }

        var index = new NumberIndex(member);
        foreach (var item in items.After(0))
        {
            index.Put(item);
        }

        _indexes.Add(index);
        return index;
    }
}
