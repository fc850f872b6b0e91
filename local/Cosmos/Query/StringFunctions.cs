namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Functions of strings; what they compare, they compare by code unit.</summary>
internal static class StringFunctions
{
    /// <summary>The longest string a function makes, so that nested ones can't exhaust the memory.</summary>
    private const int MaxLength = 4 * 1024 * 1024;

    public static readonly IReadOnlyList<SqlFunction> All =
    [
        Test("STARTSWITH", (text, part, how) => text.StartsWith(part, how)),
        Test("ENDSWITH", (text, part, how) => text.EndsWith(part, how)),
        Test("CONTAINS", (text, part, how) => text.Contains(part, how)),
        Test("STRINGEQUALS", (text, part, how) => text.Equals(part, how)),
        Text("LOWER", text => text.ToLowerInvariant()),
        Text("UPPER", text => text.ToUpperInvariant()),
        Text("TRIM", text => text.Trim()),
        Text("LTRIM", text => text.TrimStart()),
        Text("RTRIM", text => text.TrimEnd()),
        Text("REVERSE", Reverse),
        new("LENGTH", 1, 1, a => a[0].Type == SqlType.String ? SqlValue.Of(a[0].Text.Length) : SqlValue.Undefined),
        new("CONCAT", 2, 200, a => a.All(IsText) ? Limited(a.Sum(v => (long)v.Text.Length), () => string.Concat(a.Select(v => v.Text))) : SqlValue.Undefined),
        new("INDEX_OF", 2, 2, a => a.All(IsText) ? SqlValue.Of(a[0].Text.IndexOf(a[1].Text, StringComparison.Ordinal)) : SqlValue.Undefined),
        new("LEFT", 2, 2, a => IsText(a[0]) ? Part(a[0].Text, SqlValue.Of(0), a[1]) : SqlValue.Undefined),
        new("RIGHT", 2, 2, a => IsText(a[0]) && IsNumber(a[1]) ? Part(a[0].Text, SqlValue.Of(Math.Max(0, a[0].Text.Length - a[1].Number)), a[1]) : SqlValue.Undefined),
        new("SUBSTRING", 3, 3, a => IsText(a[0]) ? Part(a[0].Text, a[1], a[2]) : SqlValue.Undefined),
        new("REPLACE", 3, 3, a => a.All(IsText) && a[1].Text.Length > 0 ? Replace(a[0].Text, a[1].Text, a[2].Text) : SqlValue.Undefined),
        new("TOSTRING", 1, 1, a => a[0] switch
        {
            { Type: SqlType.Undefined } => SqlValue.Undefined,
            { Type: SqlType.String } => a[0],
            _ => SqlValue.Of(SqlValueWriter.ToText(a[0])),
        }),
    ];

    private static SqlFunction Test(string name, Func<string, string, StringComparison, bool> test) => new(name, 2, 3, a =>
    {
        var ignoreCase = a.Count == 3 && a[2].IsTrue;
        return IsText(a[0]) && IsText(a[1]) && (a.Count == 2 || a[2].Type == SqlType.Boolean)
            ? SqlValue.Of(test(a[0].Text, a[1].Text, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            : SqlValue.Undefined;
    });

    private static SqlFunction Text(string name, Func<string, string> map) =>
        new(name, 1, 1, a => IsText(a[0]) ? SqlValue.Of(map(a[0].Text)) : SqlValue.Undefined);

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

    /// <summary>The operator <c>||</c>, bounded like CONCAT.</summary>
    public static SqlValue Concatenate(string left, string right) => Limited((long)left.Length + right.Length, () => left + right);

    private static SqlValue Limited(long length, Func<string> make) => length <= MaxLength ? SqlValue.Of(make()) : SqlValue.Undefined;

    private static string Reverse(string text)
    {
        var characters = text.ToCharArray();
        Array.Reverse(characters);
        return new string(characters);
    }

    private static bool IsText(SqlValue value) => value.Type == SqlType.String;

    private static bool IsNumber(SqlValue value) => value.Type == SqlType.Number;
}
