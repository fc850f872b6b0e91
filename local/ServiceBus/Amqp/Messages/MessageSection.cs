namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>The sections of a message, by their descriptors (AMQP 1.0, part 3, 3.2).</summary>
internal static class MessageSection
{
    public const ulong Header = 0x70;
    public const ulong DeliveryAnnotations = 0x71;
    public const ulong MessageAnnotations = 0x72;
    public const ulong Properties = 0x73;
    public const ulong ApplicationProperties = 0x74;
    public const ulong Data = 0x75;
    public const ulong Sequence = 0x76;
    public const ulong Value = 0x77;
    public const ulong Footer = 0x78;

    private static readonly Dictionary<string, ulong> ByName = new(StringComparer.Ordinal)
    {
        ["amqp:header:list"] = Header,
        ["amqp:delivery-annotations:map"] = DeliveryAnnotations,
        ["amqp:message-annotations:map"] = MessageAnnotations,
        ["amqp:properties:list"] = Properties,
        ["amqp:application-properties:map"] = ApplicationProperties,
        ["amqp:data:binary"] = Data,
        ["amqp:amqp-sequence:list"] = Sequence,
        ["amqp:amqp-value:*"] = Value,
        ["amqp:footer:map"] = Footer,
    };

    /// <summary>The section a descriptor stands for.</summary>
    /// <exception cref="AmqpFormatException">There is no such section.</exception>
    public static ulong Of(object? descriptor) => descriptor switch
    {
        ulong code and >= Header and <= Footer => code,
        AmqpSymbol symbol when ByName.TryGetValue(symbol.Value, out var code) => code,
        _ => throw AmqpFormatException.Decode($"A message has no section '{descriptor}'."),
    };
}
