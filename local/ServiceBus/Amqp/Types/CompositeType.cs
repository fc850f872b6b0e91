namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What the value of a field has to be.</summary>
internal enum FieldKind
{
    /// <summary>Any value at all.</summary>
    Any,

    Boolean,
    UByte,
    UShort,
    UInt,
    ULong,
    String,
    Symbol,
    Binary,
    Timestamp,
    Map,

    /// <summary>A described value.</summary>
    Described,

    /// <summary>One symbol or an array of them (part 1, 1.4, "multiple").</summary>
    Symbols,

    /// <summary>A string, a binary, a UUID or an unsigned long (part 3, 3.2.11).</summary>
    Id,
}

/// <summary>A field of a composite type.</summary>
/// <param name="Name">Its name in the specification.</param>
/// <param name="Kind">What its value has to be.</param>
/// <param name="IsMandatory">Whether it may not be null.</param>
internal sealed record CompositeField(string Name, FieldKind Kind, bool IsMandatory = false)
{
    /// <summary>What the specification would say against a value; none if nothing.</summary>
    public string? Refuse(object? value)
    {
        if (value is null)
        {
            return IsMandatory ? $"'{Name}' is mandatory" : null;
        }

        var fits = Kind switch
        {
            FieldKind.Any => true,
            FieldKind.Boolean => value is bool,
            FieldKind.UByte => value is byte,
            FieldKind.UShort => value is ushort,
            FieldKind.UInt => value is uint,
            FieldKind.ULong => value is ulong,
            FieldKind.String => value is string,
            FieldKind.Symbol => value is AmqpSymbol,
            FieldKind.Binary => value is byte[],
            FieldKind.Timestamp => value is DateTime,
            FieldKind.Map => value is AmqpMap,
            FieldKind.Described => value is AmqpDescribed,
            FieldKind.Symbols => value is AmqpSymbol or AmqpArray { Code: FormatCode.Symbol32 },
            FieldKind.Id => value is string or byte[] or Guid or ulong,
            _ => throw new InvalidOperationException($"There is no field of kind {Kind}."),
        };
        return fits ? null : $"'{Name}' is to be a {Kind.ToString().ToLowerInvariant()}, and is a {value.GetType().Name}";
    }
}

/// <summary>A composite type of the specification: a list whose items have names.</summary>
/// <param name="Code">Its descriptor as a number, of the domain 0.</param>
/// <param name="Name">Its descriptor as a symbol.</param>
/// <param name="Fields">Its fields in order.</param>
internal sealed record CompositeType(ulong Code, string Name, params CompositeField[] Fields);

/// <summary>A value of a composite type.</summary>
internal interface IComposite
{
    /// <summary>Its type.</summary>
    CompositeType Type { get; }

    /// <summary>The values of its fields in order; null for what is left to its default.</summary>
    object?[] Fields();
}
