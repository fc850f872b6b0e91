namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Runs a query that stands inside of another one; what is undefined is no value of it.</summary>
internal static class SqlSubqueries
{
    public static IEnumerable<SqlValue> ValuesOf(SqlQuery query, SqlBindings at, SqlEvaluator evaluator)
    {
        var rows = SqlRows.Of(query, at, evaluator);
        var values = (query.Groups ? Grouped(query, rows, at, evaluator) : rows)
            .Select(row => evaluator.Select(query.Select, row))
            .Where(v => v.IsDefined);
        if (query.Distinct)
        {
            values = values.DistinctBy(SqlCanonicalText.Of, StringComparer.Ordinal);
        }

        return query.Top is { } top ? values.Take((int)top) : values;
    }

    private static IEnumerable<SqlBindings> Grouped(SqlQuery query, IEnumerable<SqlBindings> rows, SqlBindings at, SqlEvaluator evaluator)
    {
        var groups = new SqlGroups<SqlBindings>(query, evaluator);
        foreach (var row in rows)
        {
            groups.Add(row, () => row);
        }

        return groups.All.Select(g => (g.First ?? at).With(g.Results));
    }
}
