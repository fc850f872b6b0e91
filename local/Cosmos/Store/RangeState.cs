using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>A key range of a container: its items in order of creation and by what queries ask for, and in order of their last write.</summary>
internal sealed class RangeState
{
    /// <summary>The position of the last write.</summary>
    public long Lsn { get; private set; }

    public IndexedItems Items { get; } = new();

    /// <summary>The change feed: each item once, where it was written last.</summary>
    public OrderedItems ByPosition { get; } = new();

    public void Advance(long lsn)
    {
        if (lsn != Lsn + 1)
        {
            throw new InvalidOperationException($"Position {lsn} does not follow {Lsn}.");
        }

        Lsn = lsn;
    }

    /// <summary>Takes in what was noted; it must be empty.</summary>
    /// <param name="note">What was noted.</param>
    /// <param name="byNumber">The same items in the order of their creation.</param>
    public void Load(RangeNote note, IReadOnlyList<StoredItem> byNumber)
    {
        Lsn = note.Lsn;
        foreach (var item in note.Items)
        {
            ByPosition.Append(item.Position, item);
        }

        foreach (var item in byNumber)
        {
            Items.Put(item, previous: null);
        }
    }

    public void Put(StoredItem item, StoredItem? previous)
    {
        Items.Put(item, previous);
        if (previous is not null)
        {
            ByPosition.Remove(previous.Position);
        }

        ByPosition.Append(item.Position, item);
    }

    public void Remove(StoredItem item)
    {
        Items.Remove(item);
        ByPosition.Remove(item.Position);
    }
}
