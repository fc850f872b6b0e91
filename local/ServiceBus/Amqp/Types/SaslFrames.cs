namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>The mechanisms a peer may choose from (AMQP 1.0, part 5, 5.3.3.1).</summary>
internal sealed record SaslMechanisms(params string[] Names) : IComposite
{
    /// <inheritdoc />
    public CompositeType Type => CompositeTypes.Mechanisms;

    /// <inheritdoc />
    public object?[] Fields() => [new AmqpArray(FormatCode.Symbol32, [.. Names.Select(name => (object?)new AmqpSymbol(name))])];
}

/// <summary>The end of the negotiation (part 5, 5.3.3.5): 0 for success, 1 for a peer that is not who it says it is.</summary>
internal sealed record SaslOutcome(byte Code) : IComposite
{
    public const byte Ok = 0;
    public const byte AuthenticationFailed = 1;

    /// <inheritdoc />
    public CompositeType Type => CompositeTypes.Outcome;

    /// <inheritdoc />
    public object?[] Fields() => [Code];
}
