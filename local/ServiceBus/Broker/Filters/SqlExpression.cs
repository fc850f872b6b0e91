namespace EventFunctions.Local.ServiceBus;

/// <summary>A part of a filter expression.</summary>
internal abstract record SqlExpression;

/// <summary>A part that has a value; null stands for unknown.</summary>
internal abstract record SqlOperand : SqlExpression
{
    private SqlOperand()
    {
    }

    public sealed record Constant(object? Value) : SqlOperand;

    /// <summary>A property the sender set.</summary>
    public sealed record UserProperty(string Name) : SqlOperand;

    /// <summary>A property of the message itself.</summary>
    public sealed record SystemProperty(string Name) : SqlOperand;

    /// <summary>The user property whose name is the operand's value.</summary>
    public sealed record NamedProperty(SqlOperand Name) : SqlOperand;

    public sealed record NewId : SqlOperand;

    public sealed record Sign(char Operator, SqlOperand Operand) : SqlOperand;

    public sealed record Arithmetic(char Operator, SqlOperand Left, SqlOperand Right) : SqlOperand;
}

/// <summary>A part that is true, false or unknown.</summary>
internal abstract record SqlCondition : SqlExpression
{
    private SqlCondition()
    {
    }

    public sealed record And(SqlCondition Left, SqlCondition Right) : SqlCondition;

    public sealed record Or(SqlCondition Left, SqlCondition Right) : SqlCondition;

    public sealed record Not(SqlCondition Operand) : SqlCondition;

    public sealed record Comparison(string Operator, SqlOperand Left, SqlOperand Right) : SqlCondition;

    public sealed record IsNull(SqlOperand Operand) : SqlCondition;

    public sealed record Exists(SqlOperand Property) : SqlCondition;

    public sealed record In(SqlOperand Operand, IReadOnlyList<SqlOperand> Values) : SqlCondition;

    public sealed record Like(SqlOperand Operand, SqlOperand Pattern, SqlOperand? Escape) : SqlCondition;
}
