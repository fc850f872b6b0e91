namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Reads expressions, by descending through the operators from the weakest to the strongest.</summary>
internal sealed class SqlExpressionParser
{
    /// <summary>How deep expressions may be nested, so that none can exhaust the stack.</summary>
    public const int MaxDepth = 128;

    private static readonly string[] Comparisons = ["=", "!=", "<>", "<", "<=", ">", ">="];

    private readonly SqlPrimaryParser _primaries;
    private readonly SqlTokens _tokens;
    private int _depth;

    public SqlExpressionParser(SqlTokens tokens, IReadOnlyDictionary<string, SqlValue> parameters)
    {
        _tokens = tokens;
        _primaries = new SqlPrimaryParser(tokens, this, parameters);
    }

    /// <summary>What expressions begin with; it keeps the names and aggregates that were met.</summary>
    public SqlPrimaryParser Primaries => _primaries;

    public SqlExpression Read()
    {
        if (++_depth > MaxDepth)
        {
            throw new SqlSyntaxException($"The query is nested more than {MaxDepth} levels deep", _tokens.Current.Start);
        }

        var test = ReadCoalesce();
        if (_tokens.TryTakeSymbol("?"))
        {
            var then = Read();
            _tokens.ExpectSymbol(":");
            test = new SqlExpression.Conditional(test, then, Read());
        }

        _depth--;
        return test;
    }

    /// <summary>Reads a list of expressions up to its end.</summary>
    public List<SqlExpression> ReadList(string end)
    {
        var list = new List<SqlExpression>();
        while (!_tokens.TryTakeSymbol(end))
        {
            if (list.Count > 0)
            {
                _tokens.ExpectSymbol(",");
            }

            list.Add(Read());
        }

        return list;
    }

    private SqlExpression ReadCoalesce() => ReadChain(ReadOr, ["??"]);

    private SqlExpression ReadOr() => ReadLogical(ReadAnd, "OR", isAnd: false);

    private SqlExpression ReadAnd() => ReadLogical(ReadNot, "AND", isAnd: true);

    private SqlExpression ReadLogical(Func<SqlExpression> operand, string keyword, bool isAnd)
    {
        var first = operand();
        if (!_tokens.Current.IsWord(keyword))
        {
            return first;
        }

        List<SqlExpression> operands = [first];
        while (_tokens.TryTakeWord(keyword))
        {
            operands.Add(operand());
        }

        return new SqlExpression.Logical(isAnd, operands);
    }

    private SqlExpression ReadNot()
    {
        if (!_tokens.TryTakeWord("NOT"))
        {
            return ReadComparison();
        }

        Deepen();
        var negated = new SqlExpression.Not(ReadNot());
        _depth--;
        return negated;
    }

    private SqlExpression ReadComparison()
    {
        var left = ReadSum();
        if (_tokens.Current.Kind == SqlTokenKind.Symbol && Comparisons.Contains(_tokens.Current.Text))
        {
            return new SqlExpression.Binary(_tokens.Take().Text, left, ReadSum());
        }

        var negated = _tokens.Current.IsWord("NOT") && (_tokens.Following.IsWord("IN") || _tokens.Following.IsWord("BETWEEN") || _tokens.Following.IsWord("LIKE"));
        if (negated)
        {
            _tokens.Take();
        }

        var predicate = ReadPredicate(left);
        return negated ? new SqlExpression.Not(predicate) : predicate;
    }

    private SqlExpression ReadPredicate(SqlExpression left)
    {
        if (_tokens.Current.IsWord("LIKE"))
        {
            throw SqlSyntaxException.NotSupported("LIKE", _tokens.Current.Start);
        }

        if (_tokens.TryTakeWord("BETWEEN"))
        {
            var low = ReadSum();
            _tokens.ExpectWord("AND");
            return new SqlExpression.Between(left, low, ReadSum());
        }

        if (!_tokens.TryTakeWord("IN"))
        {
            return left;
        }

        _tokens.ExpectSymbol("(");
        return new SqlExpression.In(left, ReadList(")"));
    }

    private SqlExpression ReadSum() => ReadChain(ReadProduct, ["+", "-", "||"]);

    private SqlExpression ReadProduct() => ReadChain(ReadUnary, ["*", "/", "%"]);

    private SqlExpression ReadChain(Func<SqlExpression> operand, string[] operators)
    {
        var left = operand();
        for (var length = 0; _tokens.Current.Kind == SqlTokenKind.Symbol && operators.Contains(_tokens.Current.Text); length++)
        {
            if (length == MaxDepth)
            {
                throw new SqlSyntaxException($"More than {MaxDepth} operators follow each other", _tokens.Current.Start);
            }

            left = new SqlExpression.Binary(_tokens.Take().Text, left, operand());
        }

        if (_tokens.Current is { Kind: SqlTokenKind.Symbol, Text: "&" or "|" or "^" or "~" })
        {
            throw SqlSyntaxException.NotSupported($"The bitwise operator '{_tokens.Current.Text}'", _tokens.Current.Start);
        }

        return left;
    }

    private SqlExpression ReadUnary()
    {
        if (!_tokens.Current.IsSymbol("-") && !_tokens.Current.IsSymbol("+"))
        {
            return ReadPath(_primaries.Read());
        }

        Deepen();
        var negative = _tokens.Take().Text == "-";
        var operand = ReadUnary();
        _depth--;
        return negative ? new SqlExpression.Negate(operand) : operand;
    }

    private SqlExpression ReadPath(SqlExpression expression)
    {
        for (var length = 0; ; length++)
        {
            if (length == MaxDepth)
            {
                throw new SqlSyntaxException($"A path is longer than {MaxDepth} steps", _tokens.Current.Start);
            }

            if (_tokens.TryTakeSymbol("."))
            {
                var name = _tokens.ExpectName("the name of a property");
                expression = new SqlExpression.Member(expression, new SqlExpression.Literal(SqlValue.Of(name)));
            }
            else if (_tokens.TryTakeSymbol("["))
            {
                expression = new SqlExpression.Member(expression, Read());
                _tokens.ExpectSymbol("]");
            }
            else
            {
                return expression;
            }
        }
    }

    private void Deepen()
    {
        if (++_depth > MaxDepth)
        {
            throw new SqlSyntaxException($"The query is nested more than {MaxDepth} levels deep", _tokens.Current.Start);
        }
    }
}
