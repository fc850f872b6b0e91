namespace EventFunctions.Local.ServiceBus;

internal enum SqlTokenKind
{
    Keyword,
    Identifier,
    Parameter,
    Text,
    Integer,
    Real,
    Symbol,
    End,
}

/// <summary>A word of the filter language.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Keywords in upper case; delimiters and escapes resolved.</param>
/// <param name="Position">Where it starts, from 0.</param>
internal readonly record struct SqlToken(SqlTokenKind Kind, string Text, int Position)
{
    public bool Is(string keywordOrSymbol) => Kind is SqlTokenKind.Keyword or SqlTokenKind.Symbol && Text == keywordOrSymbol;
}

/// <summary>A filter expression that is not of the language.</summary>
internal sealed class SqlFilterSyntaxException(string problem, int position)
    : Exception($"{problem} (at character {position + 1})");
