namespace EventFunctions.CatalogGenerator.OpenApi;

/// <summary>Finds a limit by trial.</summary>
internal static class Boundary
{
    private const long NoLimit = 1L << 50;
    private const int NoLimitOfSizes = 1 << 15;

    /// <summary>The largest number that is accepted; <see langword="null"/> where there is none, or the first itself is not.</summary>
    public static long? Above(long first, Func<long, bool> accepts) => Search(first, NoLimit, accepts);

    /// <summary>The same for lengths and counts, which are tried up to what a request can be expected to have.</summary>
    public static int? Above(int first, Func<int, bool> accepts) => (int?)Search(first, NoLimitOfSizes, size => accepts((int)size));

    private static long? Search(long first, long end, Func<long, bool> accepts)
    {
        if (!accepts(first))
        {
            return null;
        }

        var (known, next) = (first, Math.Max(2, first * 2));
        while (accepts(next))
        {
            (known, next) = (next, next * 2);
            if (next > end)
            {
                return null;
            }
        }

        while (next - known > 1)
        {
            var middle = known + ((next - known) / 2);
            (known, next) = accepts(middle) ? (middle, next) : (known, middle);
        }

        return known;
    }
}
