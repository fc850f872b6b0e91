namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>An order to read items in: by what they have at some paths, then by the order of their creation.</summary>
internal sealed class IndexOrder : IComparer<IndexEntry>
{
    /// <param name="paths">The paths, one at least, and for each whether the greatest comes first. The first one's direction is also that of the items' numbers.</param>
    public IndexOrder(IReadOnlyList<(IndexPath Path, bool Descending)> paths)
    {
        Descending = paths[0].Descending;
        Columns = new IndexColumns([.. paths.Select(p => new IndexColumn(p.Path, p.Descending != Descending))]);
    }

    /// <summary>The paths of an index that is read for this order, upwards or downwards.</summary>
    public IndexColumns Columns { get; }

    /// <summary>Whether that index is read downwards.</summary>
    public bool Descending { get; }

    /// <inheritdoc/>
    public int Compare(IndexEntry x, IndexEntry y) => Descending ? Columns.Compare(y, x) : Columns.Compare(x, y);

    /// <summary>Where, in this order, the items begin that have some keys at the first paths.</summary>
    public IndexEntry BeginningOf(ReadOnlySpan<IndexKey> keys) => Descending ? Columns.After(keys) : Columns.Before(keys);

    /// <summary>
    /// How many keys of an entry tell where it belongs: those up to the first that leaves something of its value out. Entries that have all
    /// these in common may be in any order.
    /// </summary>
    /// <returns><see langword="null"/> where all of them tell: then the entry's place in the index is the item's in the order.</returns>
    public static int? Telling(IndexEntry entry)
    {
        var keys = entry.Leading ?? [];
        var inexact = Array.FindIndex(keys, k => !k.IsExact);
        return inexact >= 0 ? inexact + 1 : entry.Last.IsExact ? null : keys.Length + 1;
    }
}
