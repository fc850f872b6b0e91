using System.Runtime.InteropServices;

namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>An item in an index: what it has at the path, and its number, so that no two entries are equal.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IndexEntry(IndexKey Key, long Number) : IComparable<IndexEntry>
{
    /// <summary>Before all entries with a key.</summary>
    public static IndexEntry Before(IndexKey key) => new(key, long.MinValue);

    /// <summary>After all entries with a key.</summary>
    public static IndexEntry After(IndexKey key) => new(key, long.MaxValue);

    public int CompareTo(IndexEntry other) => Key.CompareTo(other.Key) is var order && order != 0 ? order : Number.CompareTo(other.Number);

    public static bool operator <(IndexEntry left, IndexEntry right) => left.CompareTo(right) < 0;

    public static bool operator <=(IndexEntry left, IndexEntry right) => left.CompareTo(right) <= 0;

    public static bool operator >(IndexEntry left, IndexEntry right) => left.CompareTo(right) > 0;

    public static bool operator >=(IndexEntry left, IndexEntry right) => left.CompareTo(right) >= 0;
}
