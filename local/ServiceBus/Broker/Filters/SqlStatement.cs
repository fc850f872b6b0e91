namespace EventFunctions.Local.ServiceBus;

/// <summary>A statement of an action.</summary>
internal abstract record SqlStatement
{
    private SqlStatement()
    {
    }

    /// <summary>Sets a property, or adds it.</summary>
    public sealed record Set(SqlOperand Property, SqlOperand Value) : SqlStatement;

    /// <summary>Removes a property, if it is there.</summary>
    public sealed record Remove(SqlOperand Property) : SqlStatement;
}
