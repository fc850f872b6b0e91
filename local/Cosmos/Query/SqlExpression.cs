namespace EventFunctions.Local.Cosmos.Query;

/// <summary>A scalar expression.</summary>
internal abstract record SqlExpression
{
    private SqlExpression()
    {
    }

    public sealed record Literal(SqlValue Value) : SqlExpression;

    /// <summary>The item itself, by the name of the container at the head of the outermost FROM.</summary>
    public sealed record Item : SqlExpression;

    /// <summary>What a FROM clause, this query's or one around it, binds to a name.</summary>
    public sealed record Name(string Alias) : SqlExpression;

    /// <summary>A member by name, or an element by number.</summary>
    public sealed record Member(SqlExpression Of, SqlExpression Key) : SqlExpression;

    public sealed record Not(SqlExpression Operand) : SqlExpression;

    public sealed record Negate(SqlExpression Operand) : SqlExpression;

    /// <summary>A unary plus: numbers as they are, and nothing else.</summary>
    public sealed record Plus(SqlExpression Operand) : SqlExpression;

    /// <summary>All bits of a whole number turned over.</summary>
    public sealed record Complement(SqlExpression Operand) : SqlExpression;

    /// <summary>All of the operands, or any of them.</summary>
    public sealed record Logical(bool IsAnd, IReadOnlyList<SqlExpression> Operands) : SqlExpression;

    public sealed record Binary(string Operator, SqlExpression Left, SqlExpression Right) : SqlExpression;

    public sealed record Between(SqlExpression Operand, SqlExpression Low, SqlExpression High) : SqlExpression;

    public sealed record In(SqlExpression Operand, IReadOnlyList<SqlExpression> Values) : SqlExpression;

    /// <summary>Whether a string is of a pattern; <paramref name="Escape"/> takes a wildcard its meaning.</summary>
    public sealed record Like(SqlExpression Operand, SqlExpression Pattern, char? Escape) : SqlExpression;

    public sealed record Conditional(SqlExpression Test, SqlExpression Then, SqlExpression Else) : SqlExpression;

    public sealed record Call(SqlFunction Function, IReadOnlyList<SqlExpression> Arguments) : SqlExpression;

    /// <summary>A value of the query's run: its time, or chance.</summary>
    public sealed record Ambient(Func<SqlRun, SqlValue> Of) : SqlExpression;

    public sealed record Aggregate(SqlAggregate Kind, SqlExpression Operand) : SqlExpression;

    public sealed record ObjectOf(IReadOnlyList<KeyValuePair<string, SqlExpression>> Members) : SqlExpression;

    public sealed record ArrayOf(IReadOnlyList<SqlExpression> Elements) : SqlExpression;

    /// <summary>The one value that a query inside of the query gives; undefined where it gives none.</summary>
    public sealed record Scalar(SqlQuery Query, int Position) : SqlExpression;

    /// <summary>All values that a query inside of the query gives, as an array.</summary>
    public sealed record ArrayOfQuery(SqlQuery Query) : SqlExpression;

    /// <summary>Whether a query inside of the query gives anything.</summary>
    public sealed record Exists(SqlQuery Query) : SqlExpression;
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
