namespace EventFunctions.Local.Cosmos.Store.Indexes;

/// <summary>Reckons with ranges of keys. Lists of ranges rise and don't overlap.</summary>
internal static class IndexRanges
{
    private const char LastCharacter = '\uFFFF';

    /// <summary>All keys of a type whose values have an order; <see langword="null"/> for any other type.</summary>
    public static IndexRange? Within(IndexKeyType type) => type switch
    {
        IndexKeyType.Boolean => new IndexRange(IndexKey.Of(false), IndexKey.Of(true)),
        IndexKeyType.Number => new IndexRange(IndexKey.Of(double.NegativeInfinity), IndexKey.Of(double.PositiveInfinity)),
        IndexKeyType.String => StartingWith(string.Empty),
        _ => null,
    };

    /// <summary>The keys of all strings with a beginning.</summary>
    public static IndexRange StartingWith(string prefix) =>
        new(IndexKey.Of(prefix), IndexKey.Of(prefix.PadRight(IndexKey.MostCharacters, LastCharacter)));

    /// <summary>What lies in both.</summary>
    public static IReadOnlyList<IndexRange> Intersect(IReadOnlyList<IndexRange> left, IReadOnlyList<IndexRange> right)
    {
        var common = new List<IndexRange>();
        for (var (l, r) = (0, 0); l < left.Count && r < right.Count;)
        {
            var low = left[l].Low >= right[r].Low ? left[l].Low : right[r].Low;
            var leftEndsFirst = left[l].High <= right[r].High;
            var high = leftEndsFirst ? left[l].High : right[r].High;
            if (low <= high)
            {
                common.Add(new IndexRange(low, high));
            }

            (l, r) = leftEndsFirst ? (l + 1, r) : (l, r + 1);
        }

        return common;
    }

    /// <summary>What lies in any.</summary>
    /// <param name="ranges">In any order; they may overlap.</param>
    public static IReadOnlyList<IndexRange> Union(IEnumerable<IndexRange> ranges)
    {
        var all = new List<IndexRange>();
        foreach (var range in ranges.OrderBy(r => r.Low))
        {
            if (all is [.., var last] && last.High >= range.Low)
            {
                all[^1] = new IndexRange(last.Low, last.High >= range.High ? last.High : range.High);
            }
            else
            {
                all.Add(range);
            }
        }

        return all;
    }
}
