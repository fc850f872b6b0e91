namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// What a query that groups may say ("GROUP BY clause"; what its page leaves open is as the service's query planner has it): a group has one value
/// of each GROUP BY expression and of each aggregate, so SELECT is made of these and of constants.
/// </summary>
internal static class SqlGroupRules
{
    /// <exception cref="SqlSyntaxException">SELECT asks for what a group has no one value of.</exception>
    public static void Check(SqlQuery query, int position)
    {
        if (!query.Groups)
        {
            return;
        }

        var expressions = query.Select switch
        {
            SqlSelect.Value(var of) => [of.Expression],
            SqlSelect.List(var members) => members.Select(m => m.Value.Expression),
            _ => throw new SqlSyntaxException("'SELECT *' is not valid with GROUP BY or an aggregate", position),
        };
        if (!expressions.All(e => HasOneValue(e, query)))
        {
            throw new SqlSyntaxException(
                query.GroupBy.Count == 0
                    ? "A SELECT clause in which aggregates stand together with anything but constants needs a GROUP BY"
                    : "A property in the SELECT clause is invalid as it is neither in an aggregate function nor in the GROUP BY clause",
                position);
        }
    }

    /// <exception cref="SqlSyntaxException">It is nothing to group by.</exception>
    public static void CheckKey(SqlExpression key, int position)
    {
        var hasQuery = SqlExpressionTree.Contains(key, e => e is SqlExpression.Scalar or SqlExpression.ArrayOfQuery or SqlExpression.Exists);
        if (hasQuery || !SqlExpressionTree.Contains(key, e => e is SqlExpression.Name))
        {
            throw new SqlSyntaxException("GROUP BY takes expressions of properties, without subqueries", position);
        }
    }

    private static bool HasOneValue(SqlExpression expression, SqlQuery query) =>
        query.GroupBy.Any(g => SqlExpressionTree.AreSame(g.Expression, expression)) || expression switch
        {
            SqlExpression.Aggregate => true,
            SqlExpression.Name(var alias) => !query.From.Aliases.Contains(alias),
            _ => SqlExpressionTree.OperandsOf(expression).All(o => HasOneValue(o, query)),
        };
}
