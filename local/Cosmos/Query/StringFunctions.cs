using System.Text;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Functions that make strings of strings ("String functions").</summary>
internal static class StringFunctions
{
    /// <summary>The longest string a function makes, so that nested ones can't exhaust the memory.</summary>
    private const int MaxLength = 4 * 1024 * 1024;

    public static readonly IReadOnlyList<SqlFunction> All =
    [
        Text("LOWER", text => text.ToLowerInvariant()),
        Text("UPPER", text => text.ToUpperInvariant()),
        Text("REVERSE", Reverse),
        Trim("TRIM", (text, set) => set is null ? text.Trim() : text.Trim(set)),
        Trim("LTRIM", (text, set) => set is null ? text.TrimStart() : text.TrimStart(set)),
        Trim("RTRIM", (text, set) => set is null ? text.TrimEnd() : text.TrimEnd(set)),
        new("CONCAT", 2, SqlFunction.AnyNumber, a => a.All(IsText) ? Limited(a.Sum(v => (long)v.Text.Length), () => string.Concat(a.Select(v => v.Text))) : SqlValue.Undefined),
        new("LEFT", 2, 2, a => IsText(a[0]) ? Part(a[0].Text, SqlValue.Of(0), a[1]) : SqlValue.Undefined),
        new("RIGHT", 2, 2, a => IsText(a[0]) && IsNumber(a[1]) ? Part(a[0].Text, SqlValue.Of(Math.Max(0, a[0].Text.Length - a[1].Number)), a[1]) : SqlValue.Undefined),
        new("SUBSTRING", 3, 3, a => IsText(a[0]) ? Part(a[0].Text, a[1], a[2]) : SqlValue.Undefined),
        Around("SUBSTRINGBEFORE", (text, delimiter) => text.IndexOf(delimiter, StringComparison.Ordinal), (text, _, at) => text[..at]),
        Around("SUBSTRINGAFTER", (text, delimiter) => text.IndexOf(delimiter, StringComparison.Ordinal), (text, delimiter, at) => text[(at + delimiter.Length)..]),
        Around("LASTSUBSTRINGBEFORE", (text, delimiter) => text.LastIndexOf(delimiter, StringComparison.Ordinal), (text, _, at) => text[..at]),
        Around("LASTSUBSTRINGAFTER", (text, delimiter) => text.LastIndexOf(delimiter, StringComparison.Ordinal), (text, delimiter, at) => text[(at + delimiter.Length)..]),
        new("REPLACE", 3, 3, a => a.All(IsText) && a[1].Text.Length > 0 ? Replace(a[0].Text, a[1].Text, a[2].Text) : SqlValue.Undefined),
        new("REPLICATE", 2, 2, a => IsText(a[0]) && IsNumber(a[1]) && a[1].Number is >= 0 and <= MaxLength && a[1].Number == Math.Floor(a[1].Number)
            ? Limited(a[0].Text.Length * (long)a[1].Number, () => new StringBuilder().Insert(0, a[0].Text, (int)a[1].Number).ToString())
            : SqlValue.Undefined),
        new("STRINGJOIN", 2, 2, a => a[0].Type == SqlType.Array && IsText(a[1]) && a[0].Elements().All(IsText)
            ? Limited(a[0].Elements().Sum(e => (long)e.Text.Length + a[1].Text.Length), () => string.Join(a[1].Text, a[0].Elements().Select(e => e.Text)))
            : SqlValue.Undefined),
        new("STRINGSPLIT", 2, 2, a => a.All(IsText) && a[1].Text.Length > 0
            ? SqlValue.Of([.. a[0].Text.Split(a[1].Text).Select(SqlValue.Of)])
            : SqlValue.Undefined),
    ];

    /// <summary>The operator <c>||</c>, bounded like CONCAT.</summary>
    public static SqlValue Concatenate(string left, string right) => Limited((long)left.Length + right.Length, () => left + right);

    private static SqlFunction Text(string name, Func<string, string> map) =>
        new(name, 1, 1, a => IsText(a[0]) ? SqlValue.Of(map(a[0].Text)) : SqlValue.Undefined);

    /// <summary>Takes blanks off, or any of the characters of a second string; an empty one takes nothing off.</summary>
    private static SqlFunction Trim(string name, Func<string, char[]?, string> trim) => new(name, 1, 2, a =>
        !a.All(IsText) ? SqlValue.Undefined
        : a.Count == 1 ? SqlValue.Of(trim(a[0].Text, null))
        : a[1].Text.Length == 0 ? a[0]
        : SqlValue.Of(trim(a[0].Text, a[1].Text.ToCharArray())));

    /// <summary>A part of a text on one side of a delimiter; without that, undefined, as the documentation says nothing of it.</summary>
    private static SqlFunction Around(string name, Func<string, string, int> find, Func<string, string, int, string> part) => new(name, 2, 2, a =>
        a.All(IsText) && a[1].Text.Length > 0 && find(a[0].Text, a[1].Text) is >= 0 and var at ? SqlValue.Of(part(a[0].Text, a[1].Text, at)) : SqlValue.Undefined);

    private static SqlValue Part(string text, SqlValue start, SqlValue length)
    {
        if (!IsNumber(start) || !IsNumber(length))
        {
            return SqlValue.Undefined;
        }

        var from = (int)Math.Clamp(start.Number, 0, text.Length);
        return SqlValue.Of(text.Substring(from, (int)Math.Clamp(length.Number, 0, text.Length - from)));
    }

    private static SqlValue Replace(string text, string old, string by) =>
        Limited(text.Length + ((long)(text.Length / old.Length) * by.Length), () => text.Replace(old, by, StringComparison.Ordinal));

    private static SqlValue Limited(long length, Func<string> make) => length <= MaxLength ? SqlValue.Of(make()) : SqlValue.Undefined;

    /// <summary>By whole characters: half of a surrogate pair is none.</summary>
    private static string Reverse(string text)
    {
        var reversed = new char[text.Length];
        var at = text.Length;
        foreach (var character in text.EnumerateRunes())
        {
            at -= character.Utf16SequenceLength;
            character.EncodeToUtf16(reversed.AsSpan(at));
        }

        return new string(reversed);
    }

    private static bool IsText(SqlValue value) => value.Type == SqlType.String;

    private static bool IsNumber(SqlValue value) => value.Type == SqlType.Number;
}
