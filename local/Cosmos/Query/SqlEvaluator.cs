namespace EventFunctions.Local.Cosmos.Query;

/// <summary>
/// The value of an expression where names mean something. What is undefined spreads: it makes comparisons and arithmetic undefined,
/// and only true, not undefined, lets a row pass.
/// </summary>
internal sealed class SqlEvaluator(SqlRun run)
{
    public SqlRun Run => run;

    public SqlValue Evaluate(SqlExpression expression, SqlBindings at)
    {
        switch (expression)
        {
            case SqlExpression.Literal literal:
                return literal.Value;
            case SqlExpression.Item:
                return at.CurrentItem;
            case SqlExpression.Name name:
                return at[name.Alias];
            case SqlExpression.Member member:
                return Member(Evaluate(member.Of, at), Evaluate(member.Key, at));
            case SqlExpression.Not not:
                return Evaluate(not.Operand, at) is { Type: SqlType.Boolean } truth ? SqlValue.Of(!truth.IsTrue) : SqlValue.Undefined;
            case SqlExpression.Negate negate:
                return Evaluate(negate.Operand, at) is { Type: SqlType.Number } number ? SqlValue.Of(-number.Number) : SqlValue.Undefined;
            case SqlExpression.Plus plus:
                return Evaluate(plus.Operand, at) is { Type: SqlType.Number } same ? same : SqlValue.Undefined;
            case SqlExpression.Complement complement:
                return SqlBits.Complement(Evaluate(complement.Operand, at));
            case SqlExpression.Logical logical:
                return Logical(logical, at);
            case SqlExpression.Binary { Operator: "??" } coalesce:
                return Evaluate(coalesce.Left, at) is { IsDefined: true } left ? left : Evaluate(coalesce.Right, at);
            case SqlExpression.Binary binary:
                return SqlOperators.Apply(binary.Operator, Evaluate(binary.Left, at), Evaluate(binary.Right, at));
            case SqlExpression.Between between:
                return Between(Evaluate(between.Operand, at), Evaluate(between.Low, at), Evaluate(between.High, at));
            case SqlExpression.In @in:
                return In(Evaluate(@in.Operand, at), @in.Values, at);
            case SqlExpression.Like like:
                return Like(Evaluate(like.Operand, at), Evaluate(like.Pattern, at), like.Escape);
            case SqlExpression.Conditional conditional:
                return Evaluate(Evaluate(conditional.Test, at).IsTrue ? conditional.Then : conditional.Else, at);
            case SqlExpression.Call call:
                return call.Function.Apply([.. call.Arguments.Select(a => Evaluate(a, at))]);
            case SqlExpression.Ambient ambient:
                return ambient.Of(run);
            case SqlExpression.ObjectOf made:
                return SqlValue.Of([.. made.Members.Select(m => KeyValuePair.Create(m.Key, Evaluate(m.Value, at)))]);
            case SqlExpression.ArrayOf made:
                return SqlValue.Of([.. made.Elements.Select(e => Evaluate(e, at)).Where(v => v.IsDefined)]);
            case SqlExpression.Aggregate aggregate:
                return at.ResultOf(aggregate);
            case SqlExpression.Scalar scalar:
                return Only(SqlSubqueries.ValuesOf(scalar.Query, at, this), scalar.Position);
            case SqlExpression.ArrayOfQuery all:
                return SqlValue.Of([.. SqlSubqueries.ValuesOf(all.Query, at, this)]);
            case SqlExpression.Exists exists:
                return SqlValue.Of(SqlSubqueries.ValuesOf(exists.Query, at, this).Any());
            default:
                throw new InvalidOperationException($"Unknown expression {expression.GetType().Name}.");
        }
    }

    /// <summary>Whether a row passes a WHERE clause; all do where there is none.</summary>
    public bool Passes(SqlClause? where, SqlBindings at) => where is null || Evaluate(where.Expression, at).IsTrue;

    /// <summary>What a SELECT clause gives for a row.</summary>
    public SqlValue Select(SqlSelect select, SqlBindings at) => select switch
    {
        SqlSelect.Star => at.Innermost,
        SqlSelect.Value(var of) => Evaluate(of.Expression, at),
        SqlSelect.List(var members) => SqlValue.Of([.. members.Select(m => KeyValuePair.Create(m.Key, Evaluate(m.Value.Expression, at)))]),
        _ => throw new InvalidOperationException($"Unknown SELECT {select.GetType().Name}."),
    };

    private static SqlValue Member(SqlValue of, SqlValue key) => key.Type switch
    {
        SqlType.String => of.Member(key.Text),
        SqlType.Number => of.ElementAt(key.Number),
        _ => SqlValue.Undefined,
    };

    private SqlValue Logical(SqlExpression.Logical logical, SqlBindings at)
    {
        // One operand decides: false an AND, true an OR. Short of that, anything not boolean leaves it undefined.
        var result = SqlValue.Of(logical.IsAnd);
        foreach (var operand in logical.Operands)
        {
            var value = Evaluate(operand, at);
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

    private SqlValue In(SqlValue value, IReadOnlyList<SqlExpression> candidates, SqlBindings at) =>
        value.IsDefined ? SqlValue.Of(candidates.Any(c => SqlOrder.AreEqual(value, Evaluate(c, at)))) : SqlValue.Undefined;

    private static SqlValue Like(SqlValue value, SqlValue pattern, char? escape) =>
        value.Type == SqlType.String && pattern.Type == SqlType.String
            ? SqlValue.Of(SqlLike.Matches(value.Text, pattern.Text, escape))
            : SqlValue.Undefined;

    private static SqlValue Only(IEnumerable<SqlValue> values, int position)
    {
        var only = SqlValue.Undefined;
        foreach (var value in values)
        {
            only = only.IsDefined
                ? throw new SqlSyntaxException("A subquery that stands for one value gives more than one; ARRAY(…) makes an array of them", position)
                : value;
        }

        return only;
    }
}
