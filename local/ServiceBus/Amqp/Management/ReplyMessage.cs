namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Messages that answer requests.</summary>
internal static class ReplyMessage
{
    /// <summary>Writes one.</summary>
    /// <param name="correlationId">The id of the request, of whatever type it is.</param>
    /// <param name="replyTo">The address the request gave.</param>
    /// <param name="properties">Its application properties.</param>
    /// <param name="body">Its body; none for a message without a value.</param>
    public static ReadOnlyMemory<byte> Write(object? correlationId, string replyTo, AmqpMap properties, object? body)
    {
        var writer = new AmqpWriter();
        writer.WriteDescriptor(MessageSection.Properties);
        writer.WriteValue(new AmqpList { null, null, replyTo, null, null, correlationId });
        writer.WriteDescriptor(MessageSection.ApplicationProperties);
        writer.WriteValue(properties);
        writer.WriteDescriptor(MessageSection.Value);
        writer.WriteValue(body);
        return writer.Written;
    }

    /// <summary>Hands an answer to the link the peer receives answers on.</summary>
    /// <exception cref="AmqpRefusalException">There is no such link, or it takes no more.</exception>
    public static void Send(AmqpConnection connection, string replyTo, ReadOnlyMemory<byte> answer)
    {
        ReplySource? replies;
        lock (connection.Gate)
        {
            replies = connection.Links.OfType<OutgoingLink>()
                .Where(link => !link.IsClosed && (link.Asked.Target?.Address == replyTo || link.Name == replyTo)) // clients name either
                .Select(link => link.Source)
                .OfType<ReplySource>()
                .FirstOrDefault();
        }

        if (replies is null)
        {
            throw new AmqpRefusalException(
                ErrorCondition.NotFound, $"No link receives answers at '{replyTo}'. Attach one with that target or name before the request is sent.");
        }

        if (!replies.TrySend(answer))
        {
            throw new AmqpRefusalException(ErrorCondition.ResourceLimitExceeded, $"Too many answers wait for credit on the link to '{replyTo}'.");
        }
    }
}
