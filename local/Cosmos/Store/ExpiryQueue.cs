namespace EventFunctions.Local.Cosmos.Store;

/// <summary>
/// The items that will expire, in the order in which they fall due. A version that is superseded leaves it at once: it may be due
/// in weeks, and an item written again and again would keep all its versions in memory until then.
/// </summary>
internal sealed class ExpiryQueue
{
    private readonly SortedSet<Entry> _due = new(Comparer<Entry>.Create(
        (x, y) => x.Due != y.Due ? x.Due.CompareTo(y.Due) : x.Item.Number.CompareTo(y.Item.Number)));

    public int Count => _due.Count;

    public void Add(StoredItem item, int? containerTimeToLive)
    {
        if (Expiry.DueAt(item, containerTimeToLive) is { } due)
        {
            _due.Add(new Entry(due, item));
        }
    }

    public void Remove(StoredItem item, int? containerTimeToLive)
    {
        if (Expiry.DueAt(item, containerTimeToLive) is { } due)
        {
            _due.Remove(new Entry(due, item));
        }
    }

    public void Rebuild(IEnumerable<StoredItem> items, int? containerTimeToLive)
    {
        _due.Clear();
        foreach (var item in items)
        {
            Add(item, containerTimeToLive);
        }
    }

    /// <summary>The items that are due, the longest overdue first; not to be read on after a change.</summary>
    public IEnumerable<StoredItem> DueAt(long now) => _due.TakeWhile(e => e.Due <= now).Select(e => e.Item);

    private readonly record struct Entry(long Due, StoredItem Item);
}
