namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Reads a query.</summary>
internal sealed class SqlParser
{
    private readonly SqlTokens _tokens;
    private readonly SqlExpressionParser _expressions;

    private SqlParser(string text, IReadOnlyDictionary<string, SqlValue> parameters)
    {
        _tokens = new SqlTokens(text);
        _expressions = new SqlExpressionParser(_tokens, parameters);
    }

    /// <exception cref="SqlSyntaxException">It can't be read, or asks for what isn't supported.</exception>
    public static SqlQuery Parse(string text, IReadOnlyDictionary<string, SqlValue> parameters) => new SqlParser(text, parameters).ReadQuery();

    /// <summary>Reads <c>FROM c WHERE …</c>, the condition of a patch.</summary>
    /// <exception cref="SqlSyntaxException">It can't be read.</exception>
    public static SqlExpression ParseCondition(string text)
    {
        var parser = new SqlParser(text, new Dictionary<string, SqlValue>(StringComparer.Ordinal));
        var (alias, _) = parser.ReadFrom();
        parser._tokens.ExpectWord("WHERE");
        var condition = parser.ReadClause().Expression;
        parser.ExpectEnd();
        parser._expressions.Primaries.CheckNames(alias);
        return condition;
    }

    private SqlQuery ReadQuery()
    {
        _tokens.ExpectWord("SELECT");
        if (_tokens.Current.IsWord("DISTINCT"))
        {
            throw SqlSyntaxException.NotSupported("DISTINCT", _tokens.Current.Start);
        }

        long? top = _tokens.TryTakeWord("TOP") ? ReadCount("TOP") : null;
        var start = _tokens.Current.Start;
        var select = ReadSelect();
        var selectSource = _tokens.SourceSince(start);
        var aggregates = _expressions.Primaries.TakeAggregates();
        var (alias, from) = ReadFrom();
        var where = _tokens.TryTakeWord("WHERE") ? ReadClause() : null;
        RefuseWord("GROUP", "GROUP BY");
        var orderBy = ReadOrderBy();
        var (offset, limit) = ReadOffset();
        ExpectEnd();
        _expressions.Primaries.CheckNames(alias);
        if (_expressions.Primaries.TakeAggregates().Count > 0)
        {
            throw new SqlSyntaxException("An aggregate may stand in the SELECT clause only", 0);
        }

        if (aggregates.Count > 0 && orderBy.Count > 0)
        {
            throw SqlSyntaxException.NotSupported("ORDER BY together with an aggregate", 0);
        }

        return new SqlQuery(select, selectSource, top, alias, from, where, orderBy, offset, limit, aggregates);
    }

    private SqlSelect ReadSelect()
    {
        if (_tokens.TryTakeSymbol("*"))
        {
            return new SqlSelect.Star();
        }

        if (_tokens.Current.IsWord("VALUE") && !_tokens.Following.IsSymbol("."))
        {
            _tokens.Take();
            return new SqlSelect.Value(ReadClause());
        }

        var members = new List<KeyValuePair<string, SqlClause>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var unnamed = 0;
        do
        {
            var clause = ReadClause();
            var name = ReadAlias() ?? NameOf(clause.Expression) ?? $"${++unnamed}";
            if (!names.Add(name))
            {
                throw new SqlSyntaxException($"The name '{name}' is given twice in the SELECT clause", _tokens.Current.Start);
            }

            members.Add(new(name, clause));
        }
        while (_tokens.TryTakeSymbol(","));

        return new SqlSelect.List(members);
    }

    private string? ReadAlias()
    {
        if (_tokens.TryTakeWord("AS"))
        {
            return _tokens.ExpectName("a name");
        }

        return _tokens.Current.Kind == SqlTokenKind.Word && !SqlKeywords.Contains(_tokens.Current.Text) ? _tokens.Take().Text : null;
    }

    private static string? NameOf(SqlExpression expression) =>
        expression is SqlExpression.Member(_, SqlExpression.Literal { Value: { Type: SqlType.String } name }) ? name.Text : null;

    private (string Alias, SqlClause From) ReadFrom()
    {
        var start = _tokens.Current.Start;
        _tokens.ExpectWord("FROM");
        var name = _tokens.Current.Kind == SqlTokenKind.Word ? _tokens.ExpectName("a name") : throw FromNotSupported();
        if (_tokens.Current.IsSymbol(".") || _tokens.Current.IsSymbol("[") || _tokens.Current.IsWord("IN"))
        {
            throw FromNotSupported();
        }

        name = ReadAlias() ?? name;
        var source = _tokens.SourceSince(start);
        RefuseWord("JOIN", "JOIN");
        return (name, new SqlClause(new SqlExpression.Root(), source));
    }

    private SqlSyntaxException FromNotSupported() => SqlSyntaxException.NotSupported("FROM of anything but the container itself", _tokens.Current.Start);

    private List<SqlSort> ReadOrderBy()
    {
        var columns = new List<SqlSort>();
        if (!_tokens.TryTakeWord("ORDER"))
        {
            return columns;
        }

        _tokens.ExpectWord("BY");
        RefuseWord("RANK", "ORDER BY RANK");
        do
        {
            var start = _tokens.Current.Start;
            var column = ReadClause();
            if (column.Expression is not SqlExpression.Member)
            {
                throw SqlSyntaxException.NotSupported("ORDER BY of anything but a property", start);
            }

            var descending = _tokens.TryTakeWord("DESC");
            if (!descending)
            {
                _tokens.TryTakeWord("ASC");
            }

            columns.Add(new SqlSort(column, descending));
        }
        while (_tokens.TryTakeSymbol(","));

        return columns;
    }

    private (long Offset, long? Limit) ReadOffset()
    {
        if (!_tokens.TryTakeWord("OFFSET"))
        {
            return (0, null);
        }

        var offset = ReadCount("OFFSET");
        _tokens.ExpectWord("LIMIT");
        return (offset, ReadCount("LIMIT"));
    }

    private long ReadCount(string clause)
    {
        var start = _tokens.Current.Start;
        var value = _expressions.Primaries.ReadLiteral();
        return value is { Type: SqlType.Number, Number: >= 0 and <= int.MaxValue } && value.Number == Math.Floor(value.Number)
            ? (long)value.Number
            : throw new SqlSyntaxException($"{clause} must be a whole number from 0 to {int.MaxValue}", start);
    }

    private SqlClause ReadClause()
    {
        var start = _tokens.Current.Start;
        var expression = _expressions.Read();
        SqlExpressionHeight.Check(expression, start);
        return new SqlClause(expression, _tokens.SourceSince(start));
    }

    private void RefuseWord(string keyword, string construct)
    {
        if (_tokens.Current.IsWord(keyword))
        {
            throw SqlSyntaxException.NotSupported(construct, _tokens.Current.Start);
        }
    }

    private void ExpectEnd()
    {
        if (_tokens.Current.Kind != SqlTokenKind.End)
        {
            throw _tokens.Unexpected("the end of the query");
        }
    }
}
