using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Store;

/// <summary>Which items of a container a feed or a query is about.</summary>
internal abstract record ItemScope
{
    private ItemScope()
    {
    }

    /// <summary>Conditions that all hold for what is of interest. Items that don't meet them may be left out, and need not be.</summary>
    public IReadOnlyList<IndexFilter> Filters { get; init; } = [];

    /// <summary>Those of one logical partition.</summary>
    public sealed record Partition(PartitionKeyValue Key) : ItemScope;

    /// <summary>Those of one key range, or of a part of it: effective keys in hexadecimal, compared as text.</summary>
    public sealed record Range(int Index, string? MinInclusive, string? MaxExclusive) : ItemScope
    {
        public bool IsWhole => MinInclusive is null && MaxExclusive is null;

        public bool Contains(UInt128 effectiveKey)
        {
            var hex = EffectivePartitionKey.ToHex(effectiveKey);
            return (MinInclusive is null || string.CompareOrdinal(hex, MinInclusive) >= 0)
                && (MaxExclusive is null || string.CompareOrdinal(hex, MaxExclusive) < 0);
        }
    }
}
