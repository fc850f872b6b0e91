namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What requests to any node have in common.</summary>
/// <param name="Message">The message.</param>
/// <param name="Operation">What is asked for.</param>
/// <param name="ReplyTo">Where the answer goes.</param>
internal sealed record RequestMessage(AmqpMessage Message, string Operation, string ReplyTo)
{
    /// <summary>The id to answer with: the peer's message id, as it came.</summary>
    public object? Id => Message.Properties?[0];

    /// <summary>The body's value.</summary>
    public object? Value => Message.ValueSection?.Value;

    /// <summary>Reads a request.</summary>
    /// <exception cref="AmqpFormatException">The bytes are no message.</exception>
    /// <exception cref="AmqpRefusalException">The message is no request.</exception>
    public static RequestMessage Read(ReadOnlyMemory<byte> bytes)
    {
        var message = AmqpMessage.Read(bytes, withValue: true);
        var operation = message.ApplicationProperties?["operation"] as string
            ?? throw new AmqpRefusalException(ErrorCondition.ArgumentError, "The request names no operation.");
        var replyTo = message.Properties?[4] as string
            ?? throw new AmqpRefusalException(ErrorCondition.ArgumentError, "The request has no address to reply to.");
        return new RequestMessage(message, operation, replyTo);
    }
}
