namespace EventFunctions.Local.Cosmos.Query;

/// <summary>The rows that a FROM clause makes where names mean something, and which of them WHERE lets pass.</summary>
internal static class SqlRows
{
    public static IEnumerable<SqlBindings> Of(SqlQuery query, SqlBindings at, SqlEvaluator evaluator)
    {
        var start = query.From.Container is { } container && !query.From.IsItemItself ? at.With(container, at.CurrentItem) : at;
        return From(query.From.Parts, 0, start, evaluator).Where(row => evaluator.Passes(query.Where, row));
    }

    private static IEnumerable<SqlBindings> From(IReadOnlyList<SqlFromPart> parts, int next, SqlBindings at, SqlEvaluator evaluator)
    {
        if (next == parts.Count)
        {
            evaluator.Run.CountRow();
            yield return at;
            yield break;
        }

        foreach (var value in ValuesOf(parts[next], at, evaluator))
        {
            foreach (var row in From(parts, next + 1, at.With(parts[next].Alias, value), evaluator))
            {
                yield return row;
            }
        }
    }

    private static IEnumerable<SqlValue> ValuesOf(SqlFromPart part, SqlBindings at, SqlEvaluator evaluator) => part switch
    {
        SqlFromPart.Path path => Spread(evaluator.Evaluate(path.Of, at), path.Iterates),
        SqlFromPart.Subquery subquery => SqlSubqueries.ValuesOf(subquery.Of, at, evaluator).SelectMany(v => Spread(v, subquery.Iterates)),
        _ => throw new InvalidOperationException($"Unknown part {part.GetType().Name}."),
    };

    private static IEnumerable<SqlValue> Spread(SqlValue value, bool iterates) => value switch
    {
        { IsDefined: false } => [],
        _ when !iterates => [value],
        { Type: SqlType.Array } => value.Elements(),
        _ => [],
    };
}
