namespace EventFunctions.Local.Cosmos.Store;

/// <summary>Which items of a container a feed or a query is about.</summary>
internal abstract record ItemScope
{
    private ItemScope()
    {
    }

    /// <summary>Those of one logical partition; with a window, at least those that lie in it.</summary>
    public sealed record Partition(PartitionKeyValue Key, NumberWindow? Window = null) : ItemScope;

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
