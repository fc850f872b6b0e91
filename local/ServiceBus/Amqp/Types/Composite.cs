namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>The fields of a composite value as they were read, held against the specification.</summary>
internal sealed record Composite : IComposite
{
    private readonly object?[] _fields;

    private Composite(CompositeType type, object?[] fields) => (Type, _fields) = (type, fields);

    /// <inheritdoc />
    public CompositeType Type { get; }

    /// <summary>A field's value; none where it was left out.</summary>
    public object? this[int index] => _fields[index];

    /// <summary>Reads a composite value.</summary>
    /// <exception cref="AmqpFormatException">The bytes are none, or its fields are not those of its type.</exception>
    public static Composite Read(ref AmqpReader reader) => reader.ReadValue() is AmqpDescribed described
        ? Of(described)
        : throw AmqpFormatException.Decode("A composite value is expected.");

    /// <summary>Takes a described value for a composite one.</summary>
    /// <exception cref="AmqpFormatException">Its type is not known, or its fields are not those of its type.</exception>
    public static Composite Of(AmqpDescribed described)
    {
        var type = CompositeTypes.Find(described.Descriptor)
            ?? throw AmqpFormatException.Decode($"There is no composite type with the descriptor '{described.Descriptor}'.");
        if (described.Value is not AmqpList list)
        {
            throw AmqpFormatException.Decode($"A {type.Name} is a list.");
        }

        if (list.Count > type.Fields.Length)
        {
            throw AmqpFormatException.Decode($"A {type.Name} has {type.Fields.Length} fields, not {list.Count}.");
        }

        var fields = new object?[type.Fields.Length];
        list.CopyTo(fields);
        for (var i = 0; i < fields.Length; i++)
        {
            if (type.Fields[i].Refuse(fields[i]) is { } refusal)
            {
                throw AmqpFormatException.Decode($"In a {type.Name}, {refusal}.");
            }
        }

        return new Composite(type, fields);
    }

    /// <inheritdoc />
    public object?[] Fields() => _fields;

    /// <summary>A field of symbols, however few of them there are.</summary>
    public IReadOnlyList<string> Symbols(int index) => _fields[index] switch
    {
        AmqpSymbol one => [one.Value],
        AmqpArray several => [.. several.Items.OfType<AmqpSymbol>().Select(symbol => symbol.Value)],
        _ => [],
    };
}
