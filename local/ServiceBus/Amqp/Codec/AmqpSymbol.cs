namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>A symbolic value from a constrained domain: ASCII text that is no string (AMQP 1.0, part 1, 1.6.21).</summary>
/// <param name="Value">Its characters.</param>
internal readonly record struct AmqpSymbol(string Value)
{
    /// <inheritdoc />
    public override string ToString() => Value;
}
