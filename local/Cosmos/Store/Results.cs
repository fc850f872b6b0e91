using System.Runtime.InteropServices;
using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>A key range and the position of its last write when an answer was given.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SessionPosition(int Range, long Lsn);

/// <summary>What became of one operation.</summary>
internal sealed record ItemResult(ItemOutcome Outcome, SessionPosition Session);

/// <summary>What became of the operations of a batch, one outcome each, in their order.</summary>
internal sealed record BatchResult(IReadOnlyList<ItemOutcome> Outcomes, SessionPosition Session)
{
    public bool Succeeded => Outcomes.All(o => o.Succeeded);
}

/// <summary>Items in the order of their creation.</summary>
/// <param name="Items">What was found.</param>
/// <param name="IsLast">Whether there is nothing after them.</param>
/// <param name="Session">The position they were read at.</param>
internal sealed record ItemPage(IReadOnlyList<StoredItem> Items, bool IsLast, SessionPosition Session);

/// <summary>Items in the order of what they have at some paths.</summary>
/// <param name="Items">What was found.</param>
/// <param name="Next">The entry to go on at; <see langword="null"/> where there is nothing after them.</param>
/// <param name="Session">The position they were read at.</param>
internal sealed record OrderedPage(IReadOnlyList<OrderedItem> Items, IndexEntry? Next, SessionPosition Session);

/// <summary>An item, and the entry by which it is where it is.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OrderedItem(IndexEntry Entry, StoredItem Item);

/// <summary>Items in the order of their last write.</summary>
/// <param name="Items">What was found; all writes of one batch are in one page.</param>
/// <param name="Next">The position to read on after.</param>
/// <param name="Session">The position they were read at.</param>
internal sealed record ChangePage(IReadOnlyList<StoredItem> Items, long Next, SessionPosition Session);

/// <summary>Where to read the change feed from.</summary>
internal abstract record ChangeFeedStart
{
    private ChangeFeedStart()
    {
    }

    /// <summary>Changes after a position; 0 for all there are.</summary>
    public sealed record After(long Lsn) : ChangeFeedStart;

    /// <summary>Changes from now on.</summary>
    public sealed record Now : ChangeFeedStart;

    /// <summary>Changes from a time on, in seconds since 1970, inclusive.</summary>
    public sealed record Since(long Timestamp) : ChangeFeedStart;
}
