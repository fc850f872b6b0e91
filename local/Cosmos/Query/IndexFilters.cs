using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// Finds in a WHERE clause what every item that passes must have at indexed paths. It may say less than the clause does, as the clause is
/// asked of each item all the same, and never more.
/// </summary>
internal static class IndexFilters
{
    /// <summary>Conditions that all hold for an item that passes, one a path.</summary>
    public static IReadOnlyList<IndexFilter> Of(SqlQuery query, IndexingPolicy policy) =>
        query.Where is { } where ? Of(where.Expression, names => names.Count > 0 && !names.Contains(IndexingPolicy.Element) && policy.Indexes(names) ? new IndexPath(names) : null, query.From) : [];

    /// <summary>How a query orders the items; <see langword="null"/> where no index is of that order.</summary>
    public static IndexOrder? OrderOf(SqlQuery query, IndexingPolicy policy)
    {
        var columns = new List<CompositePath>();
        foreach (var sort in query.OrderBy)
        {
            if (SqlPaths.Of(sort.Column.Expression, query.From) is not { Count: > 0 } names || names.Contains(IndexingPolicy.Element))
            {
                return null;
            }

            columns.Add(new CompositePath(names, sort.Descending));
        }

        return columns.Count > 0 && policy.IsOn && (columns is [var only] ? policy.Indexes(only.Path) : policy.IndexesTogether(columns))
            ? new IndexOrder([.. columns.Select(c => (new IndexPath(c.Path), c.Descending))])
            : null;
    }

    private static List<IndexFilter> Of(SqlExpression condition, Func<IReadOnlyList<string>, IndexPath?> find, SqlFrom from)
    {
        switch (condition)
        {
            case SqlExpression.Logical { IsAnd: true } all:
                return [.. all.Operands.SelectMany(o => Of(o, find, from)).GroupBy(f => f.Path).Select(g => new IndexFilter(g.Key, g.Select(f => f.Ranges).Aggregate(IndexRanges.Intersect)))];
            case SqlExpression.Logical any:
                // What all of the alternatives say something of. One that says nothing leaves it open.
                var each = any.Operands.Select(o => Of(o, find, from)).ToList();
                return [.. each[0].Select(f => f.Path).Where(p => each.TrueForAll(a => a.Exists(f => f.Path.Equals(p))))
                    .Select(p => new IndexFilter(p, IndexRanges.Union(each.SelectMany(a => a.First(f => f.Path.Equals(p)).Ranges))))];
            default:
                return IndexConditions.Of(condition) is var (path, ranges) && SqlPaths.Of(path, from) is { } names && find(names) is { } indexed
                    ? [new IndexFilter(indexed, ranges)]
                    : [];
        }
    }
}
