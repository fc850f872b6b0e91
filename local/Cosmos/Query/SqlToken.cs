using System.Runtime.InteropServices;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>What a token is.</summary>
internal enum SqlTokenKind
{
    /// <summary>A name or a keyword; which of them, its place decides.</summary>
    Word,

    /// <summary><c>@name</c>.</summary>
    Parameter,
    Number,
    String,
    Symbol,
    End,
}

/// <summary>A word, value or sign of a query, from <paramref name="Start"/> up to, not including, <paramref name="End"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A string's content without quotes and escapes; anything else as it stands.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, int Start, int End)
{
    public bool IsWord(string keyword) => Kind == SqlTokenKind.Word && string.Equals(Text, keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == SqlTokenKind.Symbol && Text == symbol;
}
