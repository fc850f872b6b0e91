namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>A value with a descriptor that says what it stands for (AMQP 1.0, part 1, 1.2.2).</summary>
/// <param name="Descriptor">An <see cref="AmqpSymbol"/> or an unsigned long, for every descriptor in use.</param>
/// <param name="Value">What is described.</param>
internal sealed record AmqpDescribed(object? Descriptor, object? Value);

/// <summary>A list (part 1, 1.6.22): any values, in order.</summary>
internal sealed class AmqpList : List<object?>
{
    public AmqpList()
    {
    }

    public AmqpList(int capacity)
        : base(capacity)
    {
    }

    public AmqpList(IEnumerable<object?> values)
        : base(values)
    {
    }
}

/// <summary>An array (part 1, 1.6.24): values of one type, whose constructor stands once before them.</summary>
/// <param name="Code">The format code of every item.</param>
/// <param name="Items">The items, none of which has a descriptor of its own.</param>
/// <param name="Descriptor">The descriptor all items share, if there is one.</param>
internal sealed record AmqpArray(byte Code, IReadOnlyList<object?> Items, object? Descriptor = null);

/// <summary>A decimal number of 4, 8 or 16 bytes that no <see cref="decimal"/> can hold: kept as it came.</summary>
/// <param name="Code">Its format code.</param>
/// <param name="Bits">Its bytes, the first one first.</param>
internal sealed record AmqpDecimal(byte Code, ReadOnlyMemory<byte> Bits);
