using System.Collections.Frozen;

namespace EventFunctions.Local.ServiceBus;

/// <summary>Splits a filter expression into words (Microsoft Learn, "Subscription rule SQL filter syntax").</summary>
internal sealed class SqlLexer(string text)
{
    private static readonly FrozenSet<string> Keywords = new[]
    {
        "AND", "OR", "NOT", "IN", "LIKE", "ESCAPE", "IS", "NULL", "EXISTS", "TRUE", "FALSE",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Symbols = ["<>", "!=", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "%", "(", ")", ",", ".", ";"];

    private int _at;

    public List<SqlToken> Read()
    {
        var tokens = new List<SqlToken>();
        while (true)
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }

            if (_at == text.Length)
            {
                tokens.Add(new SqlToken(SqlTokenKind.End, "", _at));
                return tokens;
            }

            tokens.Add(Next());
        }
    }

    private SqlToken Next()
    {
        var start = _at;
        var first = text[_at];
        if (char.IsLetter(first))
        {
            var word = Word();
            return Keywords.Contains(word)
                ? new SqlToken(SqlTokenKind.Keyword, word.ToUpperInvariant(), start)
                : new SqlToken(SqlTokenKind.Identifier, word, start);
        }

        switch (first)
        {
            case '\'':
                return new SqlToken(SqlTokenKind.Text, Delimited('\'', "string"), start);
            case '[':
                return new SqlToken(SqlTokenKind.Identifier, Delimited(']', "name"), start);
            case '"':
                return new SqlToken(SqlTokenKind.Identifier, Delimited('"', "name"), start);
            case '@' when _at + 1 < text.Length && char.IsLetter(text[_at + 1]):
                _at++;
                return new SqlToken(SqlTokenKind.Parameter, "@" + Word(), start);
        }

        if (char.IsAsciiDigit(first) || (first == '.' && _at + 1 < text.Length && char.IsAsciiDigit(text[_at + 1])))
        {
            return Number();
        }

        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, _at, symbol, 0, symbol.Length) == 0)
            {
                _at += symbol.Length;
                return new SqlToken(SqlTokenKind.Symbol, symbol, start);
            }
        }

        throw new SqlFilterSyntaxException($"'{first}' does not belong here", start);
    }

    private string Word()
    {
        var start = _at;
        while (_at < text.Length && (char.IsLetter(text[_at]) || char.IsDigit(text[_at]) || text[_at] == '_'))
        {
            _at++;
        }

        return text[start.._at];
    }

    /// <summary>Text up to the closing delimiter; a doubled one stands for itself.</summary>
    private string Delimited(char close, string what)
    {
        var start = _at++;
        var value = new System.Text.StringBuilder();
        while (_at < text.Length)
        {
            if (text[_at] != close)
            {
                value.Append(text[_at++]);
            }
            else if (_at + 1 < text.Length && text[_at + 1] == close)
            {
                value.Append(close);
                _at += 2;
            }
            else
            {
                _at++;
                return value.Length == 0 && what == "name"
                    ? throw new SqlFilterSyntaxException("a property name cannot be empty", start)
                    : value.ToString();
            }
        }

        throw new SqlFilterSyntaxException($"the {what} is not closed by {close}", start);
    }

    private SqlToken Number()
    {
        var start = _at;
        Digits();
        var isReal = _at < text.Length && text[_at] == '.';
        if (isReal)
        {
            _at++;
            Digits();
        }

        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            isReal = true;
            _at++;
            if (_at < text.Length && text[_at] is '+' or '-')
            {
                _at++;
            }

            if (Digits() == 0)
            {
                throw new SqlFilterSyntaxException("the exponent has no digits", start);
            }
        }

        return new SqlToken(isReal ? SqlTokenKind.Real : SqlTokenKind.Integer, text[start.._at], start);
    }

    private int Digits()
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        return _at - start;
    }
}
