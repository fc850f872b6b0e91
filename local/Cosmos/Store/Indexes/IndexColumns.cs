using System.Text.Json;

namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>One of the paths of an index.</summary>
/// <param name="Path">The path.</param>
/// <param name="Turned">Whether the greatest comes first.</param>
internal sealed record IndexColumn(IndexPath Path, bool Turned);

/// <summary>
/// What an index goes by: what items have at one path, of equals what they have at the next one, and so on; of equals at all of them
/// which one was created first.
/// </summary>
/// <param name="columns">The paths, one at least.</param>
internal sealed class IndexColumns(IReadOnlyList<IndexColumn> columns) : IComparer<IndexEntry>, IEquatable<IndexColumns>
{
    private readonly bool[] _turned = [.. columns.Select(c => c.Turned)];

    /// <summary>The paths.</summary>
    public IReadOnlyList<IndexColumn> All => columns;

    /// <summary>Whether there is more than one.</summary>
    public bool AreSeveral => columns.Count > 1;

    /// <summary>Whether it is one path, in its own order.</summary>
    public bool AreOnly(IndexPath path) => columns is [{ Turned: false } only] && only.Path.Equals(path);

    /// <summary>An item's entry.</summary>
    /// <param name="item">The item.</param>
    /// <param name="number">Its number.</param>
    public IndexEntry EntryOf(JsonElement item, long number)
    {
        var leading = columns.Count > 1 ? new IndexKey[columns.Count - 1] : null;
        for (var i = 0; i < columns.Count - 1; i++)
        {
            leading![i] = columns[i].Path.KeyOf(item);
        }

        return new IndexEntry(leading, columns[^1].Path.KeyOf(item), number);
    }

    /// <summary>Before all entries that begin with some keys.</summary>
    public IndexEntry Before(ReadOnlySpan<IndexKey> keys) => IndexEntry.Of(Fill(keys, atEnd: false), long.MinValue);

    /// <summary>After all entries that begin with some keys.</summary>
    public IndexEntry After(ReadOnlySpan<IndexKey> keys) => IndexEntry.Of(Fill(keys, atEnd: true), long.MaxValue);

    /// <inheritdoc/>
    public int Compare(IndexEntry x, IndexEntry y)
    {
        if (!ReferenceEquals(x.Leading, y.Leading))
        {
            for (var i = 0; i < _turned.Length - 1; i++)
            {
                if (x.Leading![i].CompareTo(y.Leading![i]) is var leading && leading != 0)
                {
                    return _turned[i] ? -leading : leading;
                }
            }
        }

        var last = x.Last.CompareTo(y.Last);
        return last == 0 ? x.Number.CompareTo(y.Number) : _turned[^1] ? -last : last;
    }

    public bool Equals(IndexColumns? other) => other is not null && columns.SequenceEqual(other.All);

    public override bool Equals(object? obj) => Equals(obj as IndexColumns);

    public override int GetHashCode() => columns[^1].GetHashCode();

    private ReadOnlySpan<IndexKey> Fill(ReadOnlySpan<IndexKey> keys, bool atEnd)
    {
        var all = new IndexKey[_turned.Length];
        keys.CopyTo(all);
        for (var i = keys.Length; i < all.Length; i++)
        {
            all[i] = _turned[i] == atEnd ? IndexKey.Lowest : IndexKey.Highest;
        }

        return all;
    }
}
