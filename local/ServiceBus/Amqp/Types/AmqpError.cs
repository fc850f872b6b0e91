namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Details of an error (AMQP 1.0, part 2, 2.8.14).</summary>
/// <param name="Condition">What clients go by.</param>
/// <param name="Description">What their developers read.</param>
/// <param name="Info">More, by name.</param>
internal sealed record AmqpError(string Condition, string? Description = null, AmqpMap? Info = null) : IComposite
{
    /// <inheritdoc />
    public CompositeType Type => CompositeTypes.Error;

    /// <summary>The error in a field; none if the field has none.</summary>
    /// <exception cref="AmqpFormatException">There is something else in it.</exception>
    public static AmqpError? Of(object? field)
    {
        if (field is not AmqpDescribed described)
        {
            return null;
        }

        var error = Composite.Of(described);
        return error.Type == CompositeTypes.Error
            ? new AmqpError(((AmqpSymbol)error[0]!).Value, (string?)error[1], (AmqpMap?)error[2])
            : throw AmqpFormatException.Decode($"A {error.Type.Name} is no error.");
    }

    /// <inheritdoc />
    public object?[] Fields() => [new AmqpSymbol(Condition), Description, Info];
}
