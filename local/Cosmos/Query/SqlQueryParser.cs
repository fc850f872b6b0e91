namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Reads the clauses of a query, and of the queries inside of it.</summary>
internal sealed class SqlQueryParser
{
    /// <summary>How many queries may stand inside of one another: each of them takes much of the stack.</summary>
    public const int MostNestedQueries = 16;

    private readonly SqlTokens _tokens;
    private readonly SqlNames _names = new();
    private readonly SqlExpressionParser _expressions;
    private readonly SqlSelectParser _select;
    private readonly SqlFromParser _from;
    private readonly SqlOrderParser _order;
    private int _depth;

    public SqlQueryParser(SqlTokens tokens, IReadOnlyDictionary<string, SqlValue> parameters)
    {
        _tokens = tokens;
        _expressions = new SqlExpressionParser(tokens, _names, parameters, () => ReadNested(hasOuter: true));
        _select = new SqlSelectParser(tokens, _expressions);
        _order = new SqlOrderParser(tokens, _expressions);
        _from = new SqlFromParser(tokens, _names, _expressions, ReadNested);
    }

    public SqlQuery ReadOutermost()
    {
        var start = _tokens.Current.Start;
        var query = ReadSelectToGroupBy(hasOuter: false);
        var orderBy = _order.ReadOrderBy();
        var (offset, limit) = _order.ReadOffset();
        _tokens.ExpectEnd();
        _names.Bind(0, query.From.Names);
        _names.CheckAllBound(0);
        if (query.Top is not null && limit is not null)
        {
            throw new SqlSyntaxException("TOP and OFFSET … LIMIT can't be used in one query", start);
        }

        if (query.Groups && orderBy.Count > 0)
        {
            throw SqlSyntaxException.NotSupported("ORDER BY together with GROUP BY or an aggregate", start);
        }

        return query with { OrderBy = orderBy, Offset = offset, Limit = limit };
    }

    /// <summary>Reads a FROM and a WHERE clause.</summary>
    public SqlQuery ReadCondition()
    {
        var (from, _) = _from.Read(hasOuter: false);
        _tokens.ExpectWord("WHERE");
        var where = _expressions.ReadClause();
        RefuseAggregates("WHERE");
        _tokens.ExpectEnd();
        _names.Bind(0, from.Names);
        _names.CheckAllBound(0);
        return new SqlQuery(new SqlSelect.Value(new SqlClause(new SqlExpression.Literal(SqlValue.True), "true")), "VALUE true", false, null, from, where, [], [], 0, null, []);
    }

    /// <summary>Reads a query inside of the query.</summary>
    /// <param name="hasOuter">Whether a query around it may have bound names it can use.</param>
    private SqlQuery ReadNested(bool hasOuter)
    {
        if (++_depth > MostNestedQueries)
        {
            throw new SqlSyntaxException($"More than {MostNestedQueries} queries stand inside of one another", _tokens.Current.Start);
        }

        var outer = _expressions.Primaries.TakeAggregates();
        var mark = _names.Mark;
        var query = ReadSelectToGroupBy(hasOuter);
        if (_tokens.Current.IsWord("ORDER") || _tokens.Current.IsWord("OFFSET"))
        {
            throw SqlSyntaxException.NotSupported($"{_tokens.Current.Text.ToUpperInvariant()} in a subquery", _tokens.Current.Start);
        }

        if (!hasOuter)
        {
            _names.CheckAllBound(mark);
        }

        _expressions.Primaries.GiveBack(outer);
        _depth--;
        return query;
    }

    private SqlQuery ReadSelectToGroupBy(bool hasOuter)
    {
        var mark = _names.Mark;
        _tokens.ExpectWord("SELECT");
        var distinct = _tokens.TryTakeWord("DISTINCT");
        long? top = _tokens.TryTakeWord("TOP") ? _order.ReadCount("TOP") : null;
        var selectStart = _tokens.Current.Start;
        var select = _select.Read();
        var selectSource = _tokens.SourceSince(selectStart);
        var aggregates = _expressions.Primaries.TakeAggregates();
        var (from, outerNames) = _tokens.Current.IsWord("FROM") ? _from.Read(hasOuter) : (SqlFrom.Nothing, []);
        if (select is SqlSelect.Star && from.Parts.Count != 1)
        {
            throw new SqlSyntaxException("'SELECT *' is only valid with a single input in the FROM clause", selectStart);
        }

        var where = _tokens.TryTakeWord("WHERE") ? _expressions.ReadClause() : null;
        RefuseAggregates("WHERE");
        var groupBy = ReadGroupBy();
        var query = new SqlQuery(select, selectSource, distinct, top, from, where, groupBy, [], 0, null, aggregates);
        SqlGroupRules.Check(query, selectStart);
        _names.Bind(mark, from.Names);
        _names.GiveBack(outerNames);
        return query;
    }

    private List<SqlClause> ReadGroupBy()
    {
        var groups = new List<SqlClause>();
        if (!_tokens.TryTakeWord("GROUP"))
        {
            return groups;
        }

        _tokens.ExpectWord("BY");
        do
        {
            var start = _tokens.Current.Start;
            groups.Add(_expressions.ReadClause());
            SqlGroupRules.CheckKey(groups[^1].Expression, start);
        }
        while (_tokens.TryTakeSymbol(","));

        RefuseAggregates("GROUP BY");
        return _tokens.Current.IsWord("HAVING") ? throw SqlSyntaxException.NotSupported("HAVING", _tokens.Current.Start) : groups;
    }

    private void RefuseAggregates(string clause)
    {
        if (_expressions.Primaries.TakeAggregates().Count > 0)
        {
            throw new SqlSyntaxException($"An aggregate may stand in the SELECT clause only, not in {clause}", _tokens.Current.Start);
        }
    }
}
