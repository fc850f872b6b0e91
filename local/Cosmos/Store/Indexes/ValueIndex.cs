namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>Items by what they have at one path; those that have nothing there are in it, too, as the first ones.</summary>
internal sealed class ValueIndex(IndexPath path)
{
    private readonly SortedEntries _entries = new();

    public IndexPath Path => path;

    /// <summary>Takes in all items there are.</summary>
    public void Load(List<IndexEntry> entries)
    {
        entries.Sort();
        _entries.Load(entries);
    }

    public void Add(IndexEntry entry) => _entries.Add(entry);

    public void Remove(IndexEntry entry) => _entries.Remove(entry);

    /// <summary>How many items a filter lets pass.</summary>
    public int Count(IndexFilter filter) => filter.Ranges.Sum(r => _entries.CountBetween(IndexEntry.Before(r.Low), IndexEntry.After(r.High)));

    /// <summary>The numbers of the items that a filter lets pass, rising.</summary>
    public List<long> Find(IndexFilter filter)
    {
        var found = new List<long>();
        foreach (var range in filter.Ranges)
        {
            found.AddRange(_entries.Up(IndexEntry.Before(range.Low)).TakeWhile(e => e.Key <= range.High).Select(e => e.Number));
        }

        if (filter.Ranges is not [{ IsPoint: true }])
        {
            found.Sort();
        }

        return found;
    }

    /// <summary>The entries from one on, in either direction; not to be read on after a change.</summary>
    public IEnumerable<IndexEntry> Walk(IndexEntry from, bool descending) => descending ? _entries.Down(from) : _entries.Up(from);
}
