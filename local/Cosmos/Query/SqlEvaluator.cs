namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// The value of an expression for an item. What is undefined spreads: it makes comparisons and arithmetic undefined, and only
/// true, not undefined, lets an item pass.
/// </summary>
internal sealed class SqlEvaluator(IReadOnlyDictionary<SqlExpression.Aggregate, SqlValue>? aggregates = null)
{
    public static readonly SqlEvaluator PerItem = new();

    public SqlValue Evaluate(SqlExpression expression, SqlValue root)
    {
        switch (expression)
        {
            case SqlExpression.Literal literal:
                return literal.Value;
            case SqlExpression.Root:
                return root;
            case SqlExpression.Member member:
                return Member(Evaluate(member.Of, root), Evaluate(member.Key, root));
            case SqlExpression.Not not:
                return Not(Evaluate(not.Operand, root));
            case SqlExpression.Negate negate:
                return Evaluate(negate.Operand, root) is { Type: SqlType.Number } number ? SqlValue.Of(-number.Number) : SqlValue.Undefined;
            case SqlExpression.Logical logical:
                return Logical(logical, root);
            case SqlExpression.Binary { Operator: "??" } coalesce:
                return Evaluate(coalesce.Left, root) is { IsDefined: true } left ? left : Evaluate(coalesce.Right, root);
            case SqlExpression.Binary binary:
                return SqlOperators.Apply(binary.Operator, Evaluate(binary.Left, root), Evaluate(binary.Right, root));
            case SqlExpression.Between between:
                return Between(Evaluate(between.Operand, root), Evaluate(between.Low, root), Evaluate(between.High, root));
            case SqlExpression.In @in:
                return In(Evaluate(@in.Operand, root), @in.Values, root);
            case SqlExpression.Conditional conditional:
                return Evaluate(Evaluate(conditional.Test, root).IsTrue ? conditional.Then : conditional.Else, root);
            case SqlExpression.Call call:
                return call.Function.Apply([.. call.Arguments.Select(a => Evaluate(a, root))]);
            case SqlExpression.ObjectOf made:
                return SqlValue.Of([.. made.Members.Select(m => KeyValuePair.Create(m.Key, Evaluate(m.Value, root)))]);
            case SqlExpression.ArrayOf made:
                return SqlValue.Of([.. made.Elements.Select(e => Evaluate(e, root)).Where(v => v.IsDefined)]);
            case SqlExpression.Aggregate aggregate:
                return aggregates is null ? throw new InvalidOperationException("An aggregate has no value for one item.") : aggregates[aggregate];
            default:
                throw new InvalidOperationException($"Unknown expression {expression.GetType().Name}.");
        }
    }

    private static SqlValue Member(SqlValue of, SqlValue key) => key.Type switch
    {
        SqlType.String => of.Member(key.Text),
        SqlType.Number => of.ElementAt(key.Number),
        _ => SqlValue.Undefined,
    };

    private static SqlValue Not(SqlValue value) => value.Type == SqlType.Boolean ? SqlValue.Of(!value.IsTrue) : SqlValue.Undefined;

    private SqlValue Logical(SqlExpression.Logical logical, SqlValue root)
    {
        // One operand decides: false an AND, true an OR. Short of that, anything not boolean leaves it undefined.
        var result = SqlValue.Of(logical.IsAnd);
        foreach (var operand in logical.Operands)
        {
            var value = Evaluate(operand, root);
            if (logical.IsAnd ? value.IsFalse : value.IsTrue)
            {
                return value;
            }

            result = value.Type == SqlType.Boolean ? result : SqlValue.Undefined;
        }

        return result;
    }

    private static SqlValue Between(SqlValue value, SqlValue low, SqlValue high) =>
        (SqlOrder.CompareWithinType(value, low), SqlOrder.CompareWithinType(value, high)) is ({ } toLow, { } toHigh)
            ? SqlValue.Of(toLow >= 0 && toHigh <= 0)
            : SqlValue.Undefined;

    private SqlValue In(SqlValue value, IReadOnlyList<SqlExpression> candidates, SqlValue root) =>
        value.IsDefined ? SqlValue.Of(candidates.Any(c => SqlOrder.AreEqual(value, Evaluate(c, root)))) : SqlValue.Undefined;
}
