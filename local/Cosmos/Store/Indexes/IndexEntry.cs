using System.Runtime.InteropServices;

namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>
/// An item in an index: what it has at the index's paths, and its number, so that no two entries are equal. Entries compare by
/// <see cref="IndexColumns"/>, and in no other way.
/// </summary>
/// <param name="Leading">
/// What it has at all paths but the last one; entries that have the same there share it. <see langword="null"/> where the index is of one path.
/// </param>
/// <param name="Last">What it has at the last path.</param>
/// <param name="Number">The item's number.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IndexEntry(IndexKey[]? Leading, IndexKey Last, long Number)
{
    /// <summary>What it has at all paths.</summary>
    public IndexKey[] Keys => [.. Leading ?? [], Last];

    /// <param name="keys">What it has at the index's paths, one at least.</param>
    /// <param name="number">The item's number.</param>
    public static IndexEntry Of(ReadOnlySpan<IndexKey> keys, long number) => new(keys.Length > 1 ? keys[..^1].ToArray() : null, keys[^1], number);

    /// <summary>The same item in an index without the first paths of this one.</summary>
    /// <param name="columns">How many are left out; not all.</param>
    public IndexEntry Without(int columns) =>
        columns == 0 ? this : this with { Leading = Leading!.Length > columns ? Leading[columns..] : null };

    /// <summary>Whether another one has the same at the first paths.</summary>
    /// <param name="other">The other one, of the same index.</param>
    /// <param name="columns">How many paths are compared.</param>
    public bool BeginsLike(IndexEntry other, int columns)
    {
        var leading = Math.Min(columns, Leading?.Length ?? 0);
        return (leading == 0 || Leading.AsSpan(0, leading).SequenceEqual(other.Leading.AsSpan(0, leading))) && (leading == columns || Last == other.Last);
    }

    /// <summary>The same, with another's keys where they are the same as this one's, so that they are in memory once.</summary>
    public IndexEntry Sharing(IndexEntry other) =>
        Leading is not null && other.Leading is { } shared && !ReferenceEquals(Leading, shared) && Leading.AsSpan().SequenceEqual(shared) ? this with { Leading = shared } : this;
}
