namespace EventFunctions.Local.Cosmos.Query;

/// <summary>A query, its parameters filled in.</summary>
internal sealed record SqlQuery(
    SqlSelect Select,
    string SelectSource,
    bool Distinct,
    long? Top,
    SqlFrom From,
    SqlClause? Where,
    IReadOnlyList<SqlClause> GroupBy,
    IReadOnlyList<SqlSort> OrderBy,
    long Offset,
    long? Limit,
    IReadOnlyList<SqlExpression.Aggregate> Aggregates)
{
    /// <summary>The most rows it gives, after the offset.</summary>
    public long? MaxRows => Top is { } top ? Math.Min(top, Limit ?? top) : Limit;

    /// <summary>Whether its rows are groups of items: without GROUP BY an aggregate makes one group of all.</summary>
    public bool Groups => GroupBy.Count > 0 || Aggregates.Count > 0;
}

/// <summary>An expression with the text it was read from, from which a query for one key range is put together.</summary>
internal sealed record SqlClause(SqlExpression Expression, string Source);

/// <summary>A column to sort by.</summary>
internal sealed record SqlSort(SqlClause Column, bool Descending);

/// <summary>What a query gives for a row.</summary>
internal abstract record SqlSelect
{
    private SqlSelect()
    {
    }

    /// <summary>What the only name of the FROM clause stands for.</summary>
    public sealed record Star : SqlSelect;

    /// <summary>One value.</summary>
    public sealed record Value(SqlClause Of) : SqlSelect;

    /// <summary>An object with these members.</summary>
    public sealed record List(IReadOnlyList<KeyValuePair<string, SqlClause>> Members) : SqlSelect;
}
