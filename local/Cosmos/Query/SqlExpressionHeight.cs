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

            foreach (var operand in OperandsOf(next.Expression))
            {
                pending.Push((operand, next.Height + 1));
            }
        }
    }

    private static IEnumerable<SqlExpression> OperandsOf(SqlExpression expression) => expression switch
    {
        SqlExpression.Literal or SqlExpression.Root => [],
        SqlExpression.Member member => [member.Of, member.Key],
        SqlExpression.Not not => [not.Operand],
        SqlExpression.Negate negate => [negate.Operand],
        SqlExpression.Logical logical => logical.Operands,
        SqlExpression.Binary binary => [binary.Left, binary.Right],
        SqlExpression.Between between => [between.Operand, between.Low, between.High],
        SqlExpression.In @in => [@in.Operand, .. @in.Values],
        SqlExpression.Conditional conditional => [conditional.Test, conditional.Then, conditional.Else],
        SqlExpression.Call call => call.Arguments,
        SqlExpression.Aggregate aggregate => [aggregate.Operand],
        SqlExpression.ObjectOf made => made.Members.Select(m => m.Value),
        SqlExpression.ArrayOf made => made.Elements,
        _ => throw new InvalidOperationException($"Unknown expression {expression.GetType().Name}."),
    };
}
