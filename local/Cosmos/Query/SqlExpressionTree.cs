namespace EventFunctions.Local.Cosmos.Query;

/// <summary>Expressions as trees: what stands inside of one, and whether two say the same.</summary>
internal static class SqlExpressionTree
{
    /// <summary>The expressions directly inside of an expression; those of a query inside of it are among them.</summary>
    public static IEnumerable<SqlExpression> OperandsOf(SqlExpression expression) => expression switch
    {
        SqlExpression.Literal or SqlExpression.Item or SqlExpression.Name or SqlExpression.Ambient => [],
        SqlExpression.Member member => [member.Of, member.Key],
        SqlExpression.Not not => [not.Operand],
        SqlExpression.Negate negate => [negate.Operand],
        SqlExpression.Plus plus => [plus.Operand],
        SqlExpression.Complement complement => [complement.Operand],
        SqlExpression.Logical logical => logical.Operands,
        SqlExpression.Binary binary => [binary.Left, binary.Right],
        SqlExpression.Between between => [between.Operand, between.Low, between.High],
        SqlExpression.In @in => [@in.Operand, .. @in.Values],
        SqlExpression.Like like => [like.Operand, like.Pattern],
        SqlExpression.Conditional conditional => [conditional.Test, conditional.Then, conditional.Else],
        SqlExpression.Call call => call.Arguments,
        SqlExpression.Aggregate aggregate => [aggregate.Operand],
        SqlExpression.ObjectOf made => made.Members.Select(m => m.Value),
        SqlExpression.ArrayOf made => made.Elements,
        SqlExpression.Scalar scalar => ClausesOf(scalar.Query),
        SqlExpression.ArrayOfQuery all => ClausesOf(all.Query),
        SqlExpression.Exists exists => ClausesOf(exists.Query),
        _ => throw new InvalidOperationException($"Unknown expression {expression.GetType().Name}."),
    };

    /// <summary>Whether two expressions say the same, however they are written. Queries inside of them never count as the same.</summary>
    public static bool AreSame(SqlExpression left, SqlExpression right) =>
        left.GetType() == right.GetType()
        && LabelOf(left) is { } label && label == LabelOf(right)
        && OperandsOf(left).ToList() is var those && OperandsOf(right).ToList() is var others
        && those.Count == others.Count && those.Zip(others).All(pair => AreSame(pair.First, pair.Second));

    /// <summary>Whether an expression, or one inside of it, is of a kind.</summary>
    public static bool Contains(SqlExpression expression, Func<SqlExpression, bool> isOfKind) =>
        isOfKind(expression) || OperandsOf(expression).Any(o => Contains(o, isOfKind));

    private static string? LabelOf(SqlExpression expression) => expression switch
    {
        SqlExpression.Literal literal => SqlCanonicalText.Of(literal.Value),
        SqlExpression.Name name => name.Alias,
        SqlExpression.Logical logical => logical.IsAnd ? "AND" : "OR",
        SqlExpression.Binary binary => binary.Operator,
        SqlExpression.Like like => like.Escape.ToString(),
        SqlExpression.Call call => call.Function.Name,
        SqlExpression.Aggregate aggregate => aggregate.Kind.ToString(),
        SqlExpression.ObjectOf made => string.Join(',', made.Members.Select(m => SqlCanonicalText.Of(SqlValue.Of(m.Key)))),
        SqlExpression.Scalar or SqlExpression.ArrayOfQuery or SqlExpression.Exists or SqlExpression.Ambient => null,
        _ => string.Empty,
    };

    private static IEnumerable<SqlExpression> ClausesOf(SqlQuery query)
    {
        IEnumerable<SqlExpression> select = query.Select switch
        {
            SqlSelect.Value(var of) => [of.Expression],
            SqlSelect.List(var members) => members.Select(m => m.Value.Expression),
            _ => [],
        };
        return
        [
            .. select,
            .. query.From.Parts.SelectMany(p => p switch
            {
                SqlFromPart.Path path => [path.Of],
                SqlFromPart.Subquery subquery => ClausesOf(subquery.Of),
                _ => throw new InvalidOperationException($"Unknown part {p.GetType().Name}."),
            }),
            .. query.Where is null ? [] : new[] { query.Where.Expression },
            .. query.GroupBy.Select(g => g.Expression),
        ];
    }
}
