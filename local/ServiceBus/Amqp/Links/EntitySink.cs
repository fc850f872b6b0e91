namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Takes messages in for a queue or topic.</summary>
internal sealed class EntitySink(ISendTarget target) : IDeliverySink
{
    /// <inheritdoc />
    public long MaxMessageSize => target.MaxMessageSizeInBytes;

    /// <inheritdoc />
    public async ValueTask<DeliveryState> TakeAsync(ReadOnlyMemory<byte> message, uint format, CancellationToken cancellationToken)
    {
        if (message.Length > MaxMessageSize)
        {
            SendErrors.ThrowUnlessAccepted(new SendOutcome.TooLarge(message.Length, MaxMessageSize), target.Path);
        }

        var messages = InboundMessages.Read(message, format);
        if (messages.Count == 0)
        {
            throw new AmqpRefusalException(ErrorCondition.ArgumentError, "A batch has no message.");
        }

        SendErrors.ThrowUnlessAccepted(await target.SendAsync(messages, cancellationToken), target.Path);
        return DeliveryState.Accept;
    }
}
