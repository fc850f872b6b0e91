namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// The patterns of LIKE ("Keywords", LIKE): <c>%</c> is any string, <c>_</c> any character, <c>[a-d]</c> and <c>[^a-d]</c> one inside or
/// outside of a set. Time is bounded by the product of the two lengths: only the last <c>%</c> is ever gone back to.
/// </summary>
internal static class SqlLike
{
    public static bool Matches(string text, string pattern, char? escape)
    {
        var (t, p, textOfRetry, patternOfRetry) = (0, 0, -1, -1);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '%' && escape != '%')
            {
                (textOfRetry, patternOfRetry) = (t, ++p);
            }
            else if (p < pattern.Length && MatchesOne(text[t], pattern, p, escape) is { } next)
            {
                (t, p) = (t + 1, next);
            }
            else if (patternOfRetry >= 0)
            {
                (t, p) = (++textOfRetry, patternOfRetry);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('%').IsEmpty;
    }

    /// <summary>Where the pattern goes on if its next part matches the character; <see langword="null"/> if it doesn't.</summary>
    private static int? MatchesOne(char character, string pattern, int at, char? escape)
    {
        if (pattern[at] == escape && at + 1 < pattern.Length)
        {
            return pattern[at + 1] == character ? at + 2 : null;
        }

        var close = pattern[at] == '[' ? pattern.IndexOf(']', at + 1) : -1;
        return pattern[at] switch
        {
            '_' => at + 1,
            '[' when close > 0 => IsInSet(character, pattern.AsSpan(at + 1, close - at - 1)) ? close + 1 : null,
            var literal => literal == character ? at + 1 : null,
        };
    }

    private static bool IsInSet(char character, ReadOnlySpan<char> set)
    {
        var negated = set is ['^', ..];
        set = negated ? set[1..] : set;
        var found = false;
        for (var i = 0; i < set.Length; i++)
        {
            var isRange = i + 2 < set.Length && set[i + 1] == '-';
            found |= isRange ? character >= set[i] && character <= set[i + 2] : character == set[i];
            i += isRange ? 2 : 0;
        }

        return found != negated;
    }
}
