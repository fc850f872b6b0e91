namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Reads expressions, with what belongs to them: names, paths and lists.</summary>
internal sealed class SqlExpressionParser
{
    private readonly SqlTokens _tokens;
    private readonly SqlDepth _depth;
    private readonly SqlOperatorParser _operators;

    /// <param name="tokens">What is read.</param>
    /// <param name="names">Where the names that are met wait for their meaning.</param>
    /// <param name="parameters">The values of parameters.</param>
    /// <param name="readNested">Reads a query inside of an expression.</param>
    public SqlExpressionParser(SqlTokens tokens, SqlNames names, IReadOnlyDictionary<string, SqlValue> parameters, Func<SqlQuery> readNested)
    {
        _tokens = tokens;
        _depth = new SqlDepth(tokens);
        _operators = new SqlOperatorParser(tokens, this, _depth);
        Primaries = new SqlPrimaryParser(tokens, names, this, parameters, readNested);
    }

    /// <summary>What expressions begin with; it keeps the aggregates that were met.</summary>
    public SqlPrimaryParser Primaries { get; }

    /// <summary>Reads an expression that is a clause, or a part of one, by itself.</summary>
    public SqlClause ReadClause()
    {
        var start = _tokens.Current.Start;
        var expression = Read();
        SqlExpressionHeight.Check(expression, start);
        return new SqlClause(expression, _tokens.SourceSince(start));
    }

    public SqlExpression Read()
    {
        _depth.Enter();
        var test = _operators.Read();
        if (_tokens.TryTakeSymbol("?"))
        {
            var then = Read();
            _tokens.ExpectSymbol(":");
            test = new SqlExpression.Conditional(test, then, Read());
        }

        _depth.Leave();
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

    /// <summary>Reads the name that something is given, if it is.</summary>
    public string? ReadAlias()
    {
        if (_tokens.TryTakeWord("AS"))
        {
            return _tokens.ExpectName("a name");
        }

        return _tokens.Current.Kind == SqlTokenKind.Word && !SqlKeywords.Contains(_tokens.Current.Text) ? _tokens.Take().Text : null;
    }

    /// <summary>Reads the steps of a path that begins with <paramref name="expression"/>.</summary>
    public SqlExpression ReadPath(SqlExpression expression)
    {
        for (var length = 0; ; length++)
        {
            if (length == SqlDepth.Most)
            {
                throw new SqlSyntaxException($"A path is longer than {SqlDepth.Most} steps", _tokens.Current.Start);
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
}
