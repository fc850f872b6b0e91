namespace EventFunctions.Local.Cosmos.Query;

/// <summary>A scalar expression.</summary>
internal abstract record SqlExpression
{
    private SqlExpression()
    {
    }

    public sealed record Literal(SqlValue Value) : SqlExpression;

    /// <summary>The item itself, by the name that FROM gives it.</summary>
    public sealed record Root : SqlExpression;

    /// <summary>A member by name, or an element by number.</summary>
    public sealed record Member(SqlExpression Of, SqlExpression Key) : SqlExpression;

    public sealed record Not(SqlExpression Operand) : SqlExpression;

    public sealed record Negate(SqlExpression Operand) : SqlExpression;

    /// <summary>All of the operands, or any of them.</summary>
    public sealed record Logical(bool IsAnd, IReadOnlyList<SqlExpression> Operands) : SqlExpression;

    public sealed record Binary(string Operator, SqlExpression Left, SqlExpression Right) : SqlExpression;

    public sealed record Between(SqlExpression Operand, SqlExpression Low, SqlExpression High) : SqlExpression;

    public sealed record In(SqlExpression Operand, IReadOnlyList<SqlExpression> Values) : SqlExpression;

    public sealed record Conditional(SqlExpression Test, SqlExpression Then, SqlExpression Else) : SqlExpression;

    public sealed record Call(SqlFunction Function, IReadOnlyList<SqlExpression> Arguments) : SqlExpression;

    public sealed record Aggregate(SqlAggregate Kind, SqlExpression Operand) : SqlExpression;

    public sealed record ObjectOf(IReadOnlyList<KeyValuePair<string, SqlExpression>> Members) : SqlExpression;

    public sealed record ArrayOf(IReadOnlyList<SqlExpression> Elements) : SqlExpression;
}

/// <summary>The functions that make one value of many items.</summary>
internal enum SqlAggregate
{
    Count,
    Sum,
    Min,
    Max,
    Average,
}
