namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>The eight bytes that begin a layer of the protocol (AMQP 1.0, part 2, 2.2): which one, and its version.</summary>
internal static class ProtocolHeader
{
    public const int Size = 8;

    /// <summary>The layer of messages.</summary>
    public static ReadOnlySpan<byte> Amqp => "AMQP\0\u0001\0\0"u8;

    /// <summary>The layer of authentication.</summary>
    public static ReadOnlySpan<byte> Sasl => "AMQP\u0003\u0001\0\0"u8;
}
