using System.Runtime.InteropServices;

namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>What an item must have at a path to be of interest.</summary>
/// <param name="Path">The path.</param>
/// <param name="Ranges">The key must lie in one of these; they don't overlap, and rise.</param>
internal sealed record IndexFilter(IndexPath Path, IReadOnlyList<IndexRange> Ranges);

/// <summary>Keys between two others, both included.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IndexRange(IndexKey Low, IndexKey High)
{
    public bool IsPoint => Low == High;

    public static IndexRange At(IndexKey key) => new(key, key);
}

/// <summary>An order to read items in: by what they have at a path, then by the order of their creation.</summary>
/// <param name="Path">The path.</param>
/// <param name="Descending">Whether the greatest comes first, and of equals the youngest.</param>
internal sealed record IndexOrder(IndexPath Path, bool Descending);
