namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>
/// What the peer asks for is well formed and can't be done. It ends the delivery, the request or the link it came with, and nothing else.
/// </summary>
/// <param name="condition">The condition the peer is told.</param>
/// <param name="message">Why, for the peer's developer.</param>
internal sealed class AmqpRefusalException(string condition, string message) : Exception(message)
{
    /// <summary>The refusal as it is sent.</summary>
    public AmqpError Error { get; } = new(condition, message);
}
