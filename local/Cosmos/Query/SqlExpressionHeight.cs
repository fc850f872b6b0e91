namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// Bounds how high a tree an expression may become. Brackets and chains of operators are bounded one by one, but each pair of
/// brackets can hold chains; what walks the tree does so on the stack, and a stack that overflows ends the process.
/// </summary>
internal static class SqlExpressionHeight
{
    /// <summary>The most expressions that may stand inside of one another.</summary>
    public const int Most = 512;

    /// <exception cref="SqlSyntaxException">The tree is higher.</exception>
    public static void Check(SqlExpression expression, int position)
    {
        var pending = new Stack<(SqlExpression Expression, int Height)>([(expression, 1)]);
        while (pending.TryPop(out var next))
        {
            if (next.Height > Most)
            {
                throw new SqlSyntaxException($"The query is nested more than {Most} levels deep", position);
            }

            foreach (var operand in SqlExpressionTree.OperandsOf(next.Expression))
            {
                pending.Push((operand, next.Height + 1));
            }
        }
    }
}
