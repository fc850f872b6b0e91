using System.Text.RegularExpressions;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Functions that look for something in a string ("String functions"); what they compare, they compare by code unit.</summary>
internal static class StringSearchFunctions
{
    /// <summary>How long a pattern that needs going back may take with one string.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static readonly IReadOnlyList<SqlFunction> All =
    [
        Test("STARTSWITH", (text, part, how) => text.StartsWith(part, how)),
        Test("ENDSWITH", (text, part, how) => text.EndsWith(part, how)),
        Test("CONTAINS", (text, part, how) => text.Contains(part, how)),
        Test("STRINGEQUALS", (text, part, how) => text.Equals(part, how)),
        Several("CONTAINS_ALL_CS", (text, parts) => parts.All(p => text.Contains(p, StringComparison.Ordinal))),
        Several("CONTAINS_ANY_CS", (text, parts) => parts.Any(p => text.Contains(p, StringComparison.Ordinal))),
        Several("CONTAINS_ALL_CI", (text, parts) => parts.All(p => text.Contains(p, StringComparison.OrdinalIgnoreCase))),
        Several("CONTAINS_ANY_CI", (text, parts) => parts.Any(p => text.Contains(p, StringComparison.OrdinalIgnoreCase))),
        new("LENGTH", 1, 1, a => IsText(a[0]) ? SqlValue.Of(a[0].Text.Length) : SqlValue.Undefined),
        new("INDEX_OF", 2, 3, IndexOf),
        new("LASTINDEXOF", 2, 3, LastIndexOf),
        new("REGEXMATCH", 2, 3, a => a.All(IsText) && ModifiersOf(a.Count == 3 ? a[2].Text : string.Empty) is { } how
            ? SqlValue.Of(IsMatch(a[0].Text, a[1].Text, how))
            : SqlValue.Undefined),
    ];

    private static SqlFunction Test(string name, Func<string, string, StringComparison, bool> test) => new(name, 2, 3, a =>
    {
        var ignoreCase = a.Count == 3 && a[2].IsTrue;
        return IsText(a[0]) && IsText(a[1]) && (a.Count == 2 || a[2].Type == SqlType.Boolean)
            ? SqlValue.Of(test(a[0].Text, a[1].Text, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            : SqlValue.Undefined;
    });

    private static SqlFunction Several(string name, Func<string, IEnumerable<string>, bool> test) => new(
        name, 2, SqlFunction.AnyNumber, a => a.All(IsText) ? SqlValue.Of(test(a[0].Text, a.Skip(1).Select(v => v.Text))) : SqlValue.Undefined);

    private static SqlValue IndexOf(IReadOnlyList<SqlValue> a)
    {
        var start = a.Count == 3 ? a[2] : SqlValue.Of(0);
        return IsText(a[0]) && IsText(a[1]) && start.Type == SqlType.Number
            ? SqlValue.Of(a[0].Text.IndexOf(a[1].Text, (int)Math.Clamp(start.Number, 0, a[0].Text.Length), StringComparison.Ordinal))
            : SqlValue.Undefined;
    }

    /// <summary>Looks backwards; with a start, what is found lies before it or ends at it.</summary>
    private static SqlValue LastIndexOf(IReadOnlyList<SqlValue> a)
    {
        if (!IsText(a[0]) || !IsText(a[1]) || (a.Count == 3 && a[2].Type != SqlType.Number))
        {
            return SqlValue.Undefined;
        }

        var end = a.Count == 3 ? (int)Math.Clamp(a[2].Number + 1, 0, a[0].Text.Length) : a[0].Text.Length;
        return SqlValue.Of(a[0].Text.AsSpan(0, end).LastIndexOf(a[1].Text));
    }

    /// <summary>Multiple lines, one line, ignoring case, ignoring blanks; <see langword="null"/> for any other modifier.</summary>
    private static RegexOptions? ModifiersOf(string letters)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var letter in letters)
        {
            switch (letter)
            {
                case 'm':
                    options |= RegexOptions.Multiline;
                    break;
                case 's':
                    options |= RegexOptions.Singleline;
                    break;
                case 'i':
                    options |= RegexOptions.IgnoreCase;
                    break;
                case 'x':
                    options |= RegexOptions.IgnorePatternWhitespace;
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    /// <summary>In a time that grows evenly with the string, but for patterns that can't be had so, which have a deadline.</summary>
    private static bool IsMatch(string text, string pattern, RegexOptions options)
    {
        try
        {
            return Regex.IsMatch(text, pattern, options | RegexOptions.NonBacktracking, Patience);
        }
        catch (NotSupportedException)
        {
            return IsMatchWithBacktracking(text, pattern, options);
        }
        catch (RegexParseException broken)
        {
            throw new SqlSyntaxException($"The pattern '{pattern}' of RegexMatch can't be read: {broken.Message}", 0);
        }
    }

    private static bool IsMatchWithBacktracking(string text, string pattern, RegexOptions options)
    {
        try
        {
            return Regex.IsMatch(text, pattern, options, Patience);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new SqlSyntaxException($"The pattern '{pattern}' of RegexMatch takes more than {Patience.TotalMilliseconds} ms with one string", 0);
        }
    }

    private static bool IsText(SqlValue value) => value.Type == SqlType.String;
}
