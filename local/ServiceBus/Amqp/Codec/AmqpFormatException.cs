namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What the peer sent is not AMQP, or more of it than is taken. The connection it came on cannot go on.</summary>
/// <param name="condition">The condition the connection is closed with (AMQP 1.0, part 2, 2.8.15 and 2.8.16).</param>
/// <param name="message">What is wrong, for the peer's developer.</param>
internal sealed class AmqpFormatException(string condition, string message) : Exception(message)
{
    /// <summary>The condition the connection is closed with.</summary>
    public string Condition { get; } = condition;

    /// <summary>A value that is not encoded as the specification says.</summary>
    public static AmqpFormatException Decode(string message) => new(ErrorCondition.DecodeError, message);

    /// <summary>A frame that is not built as the specification says.</summary>
    public static AmqpFormatException Framing(string message) => new(ErrorCondition.FramingError, message);
}
