using System.Globalization;
using System.Text.RegularExpressions;

namespace EventFunctions.Http;

/// <summary>Times as RFC 3339, section 5.6, writes them: a date, a time and an offset, none of them left to a guess.</summary>
public static partial class Rfc3339
{
    private const int TickDigits = 7;

    /// <summary>Reads a time. What is finer than 100 ns is cut off; a leap second is not understood.</summary>
    /// <returns>Whether the text is one.</returns>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        if (Shape().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var decimals = match.Groups["decimals"].Value;
        var fraction = decimals.Length == 0 ? string.Empty : $".{decimals[..Math.Min(decimals.Length, TickDigits)]}";
        var exact = $"{match.Groups["date"].Value}T{match.Groups["clock"].Value}{fraction}{match.Groups["offset"].Value.ToUpperInvariant()}";
        return DateTimeOffset.TryParseExact(
            exact, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    [GeneratedRegex(
        @"\A(?<date>\d{4}-\d{2}-\d{2})[Tt](?<clock>\d{2}:\d{2}:\d{2})(\.(?<decimals>\d+))?(?<offset>[Zz]|[+-]\d{2}:\d{2})\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
