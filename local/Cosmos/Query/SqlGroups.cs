namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// Puts rows together by the values of GROUP BY and adds them up ("GROUP BY clause"). Without GROUP BY all rows are one group, which is
/// there even when no row is.
/// </summary>
/// <typeparam name="TRow">What a group keeps to find its first row again.</typeparam>
internal sealed class SqlGroups<TRow>(SqlQuery query, SqlEvaluator evaluator)
    where TRow : class
{
    private readonly Dictionary<string, SqlGroup<TRow>> _byKey = new(StringComparer.Ordinal);

    /// <summary>The groups, in the order in which their first rows came.</summary>
    public IReadOnlyCollection<SqlGroup<TRow>> All =>
        _byKey.Count == 0 && query.GroupBy.Count == 0 ? [new SqlGroup<TRow>([], null, query.Aggregates)] : _byKey.Values;

    /// <summary>Takes a row in.</summary>
    public void Add(SqlBindings row, Func<TRow> keep)
    {
        SqlValue[] keys = [.. query.GroupBy.Select(g => evaluator.Evaluate(g.Expression, row))];
        var text = string.Join('\n', keys.Select(SqlCanonicalText.Of));
        if (!_byKey.TryGetValue(text, out var group))
        {
            group = new SqlGroup<TRow>([.. keys.Select(k => k.Detach())], keep(), query.Aggregates);
            _byKey.Add(text, group);
        }

        foreach (var (aggregate, accumulator) in group.Accumulators)
        {
            accumulator.Add(evaluator.Evaluate(aggregate.Operand, row));
        }
    }
}

/// <summary>One group.</summary>
/// <param name="keys">The values of GROUP BY that its rows have in common.</param>
/// <param name="first">Its first row; <see langword="null"/> where it has none.</param>
/// <param name="aggregates">What is added up.</param>
internal sealed class SqlGroup<TRow>(IReadOnlyList<SqlValue> keys, TRow? first, IReadOnlyList<SqlExpression.Aggregate> aggregates)
    where TRow : class
{
    public IReadOnlyList<SqlValue> Keys => keys;

    public TRow? First => first;

    /// <summary>What is added up, by reference: the same function may stand twice in the query.</summary>
    public IReadOnlyDictionary<SqlExpression.Aggregate, SqlAccumulator> Accumulators { get; } =
        aggregates.ToDictionary(a => a, a => new SqlAccumulator(a.Kind), (IEqualityComparer<SqlExpression.Aggregate>)ReferenceEqualityComparer.Instance);

    /// <summary>What the aggregates came to.</summary>
    public IReadOnlyDictionary<SqlExpression.Aggregate, SqlValue> Results =>
        Accumulators.ToDictionary(a => a.Key, a => a.Value.Result, (IEqualityComparer<SqlExpression.Aggregate>)ReferenceEqualityComparer.Instance);
}
