using System.Runtime.InteropServices;

namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>What an item must have at a path to be of interest.</summary>
/// <param name="Path">The path.</param>
/// <param name="Ranges">The key must lie in one of these; they don't overlap, and rise.</param>
internal sealed record IndexFilter(IndexPath Path, IReadOnlyList<IndexRange> Ranges)
{
    /// <summary>Whether it asks for given keys.</summary>
    public bool IsOfPoints => Ranges.All(r => r.IsPoint);
}

/// <summary>Keys between two others, both included.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct IndexRange(IndexKey Low, IndexKey High)
{
    public bool IsPoint => Low == High;

    public static IndexRange At(IndexKey key) => new(key, key);
}
