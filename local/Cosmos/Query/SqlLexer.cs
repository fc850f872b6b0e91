using System.Globalization;
using System.Text;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Takes a query's text apart.</summary>
internal sealed class SqlLexer(string text)
{
    /// <summary>The longest query, in characters ("Azure Cosmos DB service quotas", SQL query limits).</summary>
    public const int MaxLength = 512 * 1024;

    private static readonly string[] LongSymbols = [">>>", "<<", ">>", "!=", "<>", "<=", ">=", "||", "??"];

    private int _position;

    /// <exception cref="SqlSyntaxException">A character or literal is none of the language's.</exception>
    public static IReadOnlyList<SqlToken> Read(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new SqlSyntaxException($"The query has {text.Length} characters; the longest may have {MaxLength}", MaxLength);
        }

        var lexer = new SqlLexer(text);
        var tokens = new List<SqlToken>();
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != SqlTokenKind.End);

        return tokens;
    }

    private SqlToken Next()
    {
        SkipBlanksAndComments();
        if (_position == text.Length)
        {
            return new SqlToken(SqlTokenKind.End, "the end of the query", _position, _position);
        }

        var first = text[_position];
        return first switch
        {
            '\'' or '"' => ReadString(first),
            '@' => ReadWhile(SqlTokenKind.Parameter, 1, IsWordPart),
            _ when char.IsAsciiDigit(first) || (first == '.' && char.IsAsciiDigit(At(1))) => ReadNumber(),
            _ when char.IsLetter(first) || first == '_' => ReadWhile(SqlTokenKind.Word, 1, IsWordPart),
            _ => ReadSymbol(),
        };
    }

    private void SkipBlanksAndComments()
    {
        while (_position < text.Length)
        {
            if (char.IsWhiteSpace(text[_position]))
            {
                _position++;
            }
            else if (text[_position] == '-' && At(1) == '-')
            {
                var end = text.IndexOf('\n', _position);
                _position = end < 0 ? text.Length : end;
            }
            else if (text[_position] == '/' && At(1) == '*')
            {
                var end = text.IndexOf("*/", _position + 2, StringComparison.Ordinal);
                _position = end < 0 ? throw new SqlSyntaxException("The comment is not closed", _position) : end + 2;
            }
            else
            {
                return;
            }
        }
    }

    private SqlToken ReadWhile(SqlTokenKind kind, int from, Func<char, bool> belongs)
    {
        var start = _position;
        _position += from;
        while (_position < text.Length && belongs(text[_position]))
        {
            _position++;
        }

        return new SqlToken(kind, text[start.._position], start, _position);
    }

    private SqlToken ReadNumber()
    {
        var start = _position;
        ReadWhile(SqlTokenKind.Number, 0, char.IsAsciiDigit);
        if (At(0) == '.')
        {
            ReadWhile(SqlTokenKind.Number, 1, char.IsAsciiDigit);
        }

        if (At(0) is 'e' or 'E' && (char.IsAsciiDigit(At(1)) || (At(1) is '+' or '-' && char.IsAsciiDigit(At(2)))))
        {
            ReadWhile(SqlTokenKind.Number, 2, char.IsAsciiDigit);
        }

        return new SqlToken(SqlTokenKind.Number, text[start.._position], start, _position);
    }

    private SqlToken ReadString(char quote)
    {
        var start = _position++;
        var value = new StringBuilder();
        while (_position < text.Length && text[_position] != quote)
        {
            value.Append(text[_position] == '\\' ? ReadEscape() : text[_position++]);
        }

        if (_position++ >= text.Length)
        {
            throw new SqlSyntaxException("The string is not closed", start);
        }

        var content = value.ToString();
        return SqlText.IsWhole(content)
            ? new SqlToken(SqlTokenKind.String, content, start, _position)
            : throw new SqlSyntaxException("The string has half of a surrogate pair", start);
    }

    private char ReadEscape()
    {
        var (at, escaped) = (_position, At(1));
        _position += 2;
        switch (escaped)
        {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case '\\' or '\'' or '"' or '/':
                return escaped;
            case 'u' when at + 6 <= text.Length && ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, null, out var code):
                _position += 4;
                return (char)code;
            default:
                throw new SqlSyntaxException("The escape in the string is unknown", at);
        }
    }

    private SqlToken ReadSymbol()
    {
        var start = _position;
        var symbol = Array.Find(LongSymbols, s => string.CompareOrdinal(text, start, s, 0, s.Length) == 0);
        if (symbol is null && !"()[]{},.:=<>+-*/%?&|^~".Contains(text[start], StringComparison.Ordinal))
        {
            throw new SqlSyntaxException($"The character '{text[start]}' is not part of the language", start);
        }

        symbol ??= text[start].ToString();
        _position += symbol.Length;
        return new SqlToken(SqlTokenKind.Symbol, symbol, start, _position);
    }

    private char At(int ahead) => _position + ahead < text.Length ? text[_position + ahead] : '\0';

    private static bool IsWordPart(char c) => char.IsLetterOrDigit(c) || c == '_';
}
