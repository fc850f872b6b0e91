namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What a receiver says of a delivery (AMQP 1.0, part 3, 3.4).</summary>
internal abstract record DeliveryState : IComposite
{
    private DeliveryState(CompositeType type) => Type = type;

    /// <inheritdoc />
    public CompositeType Type { get; }

    /// <summary>The one value of it that is needed.</summary>
    public static DeliveryState Accept { get; } = new Accepted();

    /// <summary>The state in a field; none if the field has none.</summary>
    /// <exception cref="AmqpFormatException">There is something else in it.</exception>
    public static DeliveryState? Of(object? field)
    {
        if (field is not AmqpDescribed described)
        {
            return null;
        }

        var state = Composite.Of(described);
        return state.Type.Code switch
        {
            0x23 => new Received((uint)state[0]!, (ulong)state[1]!),
            0x24 => Accept,
            0x25 => new Rejected(AmqpError.Of(state[0])),
            0x26 => new Released(),
            0x27 => new Modified((bool?)state[0] ?? false, (bool?)state[1] ?? false, (AmqpMap?)state[2]),
            0x34 => new Transactional((byte[])state[0]!),
            _ => throw AmqpFormatException.Decode($"A {state.Type.Name} is no state of a delivery."),
        };
    }

    /// <inheritdoc />
    public abstract object?[] Fields();

    /// <summary>So much of it has arrived. No outcome.</summary>
    public sealed record Received(uint SectionNumber, ulong SectionOffset) : DeliveryState(CompositeTypes.Received)
    {
        public override object?[] Fields() => [SectionNumber, SectionOffset];
    }

    /// <summary>Done with: the message is completed, or has been taken in.</summary>
    public sealed record Accepted() : DeliveryState(CompositeTypes.Accepted)
    {
        public override object?[] Fields() => [];
    }

    /// <summary>Refused: the message is dead-lettered, or has not been taken in, and this is why.</summary>
    public sealed record Rejected(AmqpError? Error) : DeliveryState(CompositeTypes.Rejected)
    {
        public override object?[] Fields() => [Error];
    }

    /// <summary>Given back.</summary>
    public sealed record Released() : DeliveryState(CompositeTypes.Released)
    {
        public override object?[] Fields() => [];
    }

    /// <summary>Given back with changes.</summary>
    /// <param name="DeliveryFailed">Whether this counts as a try.</param>
    /// <param name="UndeliverableHere">The service's clients mean by it that the message is to be deferred.</param>
    /// <param name="Annotations">The service's clients put application properties there that are to be set.</param>
    public sealed record Modified(bool DeliveryFailed, bool UndeliverableHere, AmqpMap? Annotations) : DeliveryState(CompositeTypes.Modified)
    {
        public override object?[] Fields() => [DeliveryFailed, UndeliverableHere, Annotations];
    }

    /// <summary>An outcome that depends on a transaction, which are not supported.</summary>
    public sealed record Transactional(ReadOnlyMemory<byte> TransactionId) : DeliveryState(CompositeTypes.TransactionalState)
    {
        public override object?[] Fields() => [TransactionId, null];
    }
}
