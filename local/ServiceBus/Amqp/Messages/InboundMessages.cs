namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>Messages as they are sent, turned into what the broker takes.</summary>
internal static class InboundMessages
{
    /// <summary>The messages of one transfer: one, or those of a batch.</summary>
    /// <exception cref="AmqpFormatException">The bytes are no message.</exception>
    /// <exception cref="AmqpRefusalException">A message has what the broker cannot keep, or the format is not known.</exception>
    public static IReadOnlyList<BrokerMessage> Read(ReadOnlyMemory<byte> bytes, uint format) => format switch
    {
        AmqpMessage.Format => [ReadOne(bytes)],
        AmqpMessage.BatchFormat => [.. AmqpMessage.Read(bytes).Data.Select(ReadOne)],
        _ => throw new AmqpRefusalException(ErrorCondition.NotImplemented, $"There is no message format 0x{format:x8}."),
    };

    /// <summary>One message.</summary>
    /// <exception cref="AmqpFormatException">The bytes are no message.</exception>
    /// <exception cref="AmqpRefusalException">The message has what the broker cannot keep.</exception>
    public static BrokerMessage ReadOne(ReadOnlyMemory<byte> bytes)
    {
        var message = AmqpMessage.Read(bytes);
        var p = message.Properties;
        var extras = WireExtras.Of(message);
        return new BrokerMessage
        {
            MessageId = Text(p?[0]) ?? Guid.NewGuid().ToString("N"), // clients go by it when they settle, so the service makes one up
            To = p?[2] as string,
            Subject = (string?)p?[3],
            ReplyTo = p?[4] as string,
            CorrelationId = Text(p?[5]),
            ContentType = ((AmqpSymbol?)p?[6])?.Value,
            SessionId = (string?)p?[10],
            ReplyToSessionId = (string?)p?[12],
            TimeToLive = TimeToLive(message),
            PartitionKey = message.Annotations?[MessageAnnotation.PartitionKey] as string,
            TransactionPartitionKey = message.Annotations?[MessageAnnotation.ViaPartitionKey] as string,
            ScheduledEnqueueTime = message.Annotations?[MessageAnnotation.ScheduledEnqueueTime] is DateTime due && due > DateTime.UnixEpoch
                ? new DateTimeOffset(due)
                : null,
            Body = extras.HasBodySections ? message.BodySections : message.Data.Count == 1 ? message.Data[0] : default,
            Properties = PropertyValues.ToBroker(message.ApplicationProperties) ?? BrokerMessage.NoProperties,
            Opaque = extras.ToBytes(),
            WireSize = bytes.Length,
        };
    }

    /// <summary>
    /// How long it may live: what the header says, or, where its 32 bits of milliseconds (49 days) are not enough, the time from
    /// creation to expiry.
    /// </summary>
    private static TimeSpan TimeToLive(AmqpMessage message)
    {
        if (message.Properties?[9] is DateTime created && message.Properties[8] is DateTime expires && expires > created)
        {
            return expires - created;
        }

        return message.Header?[2] is uint milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : TimeSpan.MaxValue;
    }

    /// <summary>The service's clients read every id as text.</summary>
    private static string? Text(object? id) => id switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        _ => id?.ToString(),
    };
}
