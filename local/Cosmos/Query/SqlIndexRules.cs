using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// What ORDER BY needs of a container's indexes ("Indexing policies in Azure Cosmos DB"): the path of one column must be indexed, and
/// several columns need a composite index of just these paths, in their order, with their directions or all of them turned.
/// </summary>
internal static class SqlIndexRules
{
    /// <exception cref="SqlSyntaxException">The indexes do not serve the query.</exception>
    public static void Check(SqlQuery query, IndexingPolicy policy)
    {
        var columns = query.OrderBy.Select(s => new CompositePath(PathOf(s.Column.Expression, query.From), s.Descending)).ToList();
        if (columns.Count > 1 && !policy.IndexesTogether(columns))
        {
            throw new SqlSyntaxException(
                "The order by query does not have a corresponding composite index that it can be served from; one is added to the container's indexing policy, in compositeIndexes", 0);
        }

        if (columns is [var only] && !policy.Indexes(only.Path))
        {
            throw new SqlSyntaxException($"The index path corresponding to the specified order-by item is excluded: /{string.Join('/', only.Path)}", 0);
        }
    }

    private static IReadOnlyList<string> PathOf(SqlExpression expression, SqlFrom from) =>
        SqlPaths.Of(expression, from) ?? throw new SqlSyntaxException("Order-by over correlated collections is not supported", 0);
}
