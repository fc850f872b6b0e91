namespace EventFunctions.Local.Cosmos.Query;

/// <summary>A reader's place among the tokens of a query.</summary>
internal sealed class SqlTokens(string text)
{
    private readonly IReadOnlyList<SqlToken> _tokens = SqlLexer.Read(text);
    private int _index;

    public SqlToken Current => _tokens[_index];

    public SqlToken Following => _tokens[Math.Min(_index + 1, _tokens.Count - 1)];

    public SqlToken Take() => _tokens[_index < _tokens.Count - 1 ? _index++ : _index];

    public bool TryTakeWord(string keyword)
    {
        var matches = Current.IsWord(keyword);
        _index += matches ? 1 : 0;
        return matches;
    }

    public bool TryTakeSymbol(string symbol)
    {
        var matches = Current.IsSymbol(symbol);
        _index += matches ? 1 : 0;
        return matches;
    }

    public void ExpectWord(string keyword)
    {
        if (!TryTakeWord(keyword))
        {
            throw Unexpected(keyword);
        }
    }

    public void ExpectSymbol(string symbol)
    {
        if (!TryTakeSymbol(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    /// <exception cref="SqlSyntaxException">Something is left.</exception>
    public void ExpectEnd()
    {
        if (Current.Kind != SqlTokenKind.End)
        {
            throw Unexpected("the end of the query");
        }
    }

    /// <summary>Reads a name.</summary>
    /// <exception cref="SqlSyntaxException">There is none, or a keyword.</exception>
    public string ExpectName(string what)
    {
        if (Current.Kind != SqlTokenKind.Word)
        {
            throw Unexpected(what);
        }

        return SqlKeywords.Contains(Current.Text)
            ? throw new SqlSyntaxException($"Syntax error: expected {what}, found the keyword '{Current.Text}'; a property of that name is written [\"{Current.Text}\"]", Current.Start)
            : Take().Text;
    }

    /// <summary>What was read since <paramref name="start"/>, as it stands in the query.</summary>
    public string SourceSince(int start) => text[start.._tokens[_index - 1].End];

    public SqlSyntaxException Unexpected(string expected) => new($"Syntax error: expected {expected}, found '{Current.Text}'", Current.Start);
}
