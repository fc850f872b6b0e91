namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>Items by what they have at one or several paths; those that have nothing there are in it, too.</summary>
/// <param name="columns">The paths.</param>
internal sealed class ValueIndex(IndexColumns columns)
{
    private readonly SortedEntries _entries = new(columns);

    /// <summary>The paths.</summary>
    public IndexColumns Columns => columns;

    /// <summary>Takes in all items there are.</summary>
    public void Load(List<IndexEntry> entries)
    {
        entries.Sort(columns);
        _entries.Load(entries);
    }

    public void Add(IndexEntry entry) => _entries.Add(entry);

    public void Remove(IndexEntry entry) => _entries.Remove(entry);

    /// <summary>How many items lie between two places.</summary>
    public int CountBetween(IndexEntry low, IndexEntry high) => _entries.CountBetween(low, high);

    /// <summary>How many items a filter on its first path lets pass.</summary>
    public int Count(IndexFilter filter) => filter.Ranges.Sum(r => CountBetween(columns.Before([r.Low]), columns.After([r.High])));

    /// <summary>The numbers of the items that a filter on its first path lets pass, rising.</summary>
    public List<long> Find(IndexFilter filter)
    {
        var found = new List<long>();
        foreach (var range in filter.Ranges)
        {
            found.AddRange(Walk(columns.Before([range.Low]), columns.After([range.High]), descending: false).Select(e => e.Number));
        }

        if (filter.Ranges is not [{ IsPoint: true }])
        {
            found.Sort();
        }

        return found;
    }

    /// <summary>The entries between two places, both included, in either direction; not to be read on after a change.</summary>
    public IEnumerable<IndexEntry> Walk(IndexEntry low, IndexEntry high, bool descending) => descending
        ? _entries.Down(high).TakeWhile(e => columns.Compare(e, low) >= 0)
        : _entries.Up(low).TakeWhile(e => columns.Compare(e, high) <= 0);
}
