using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>A message in a record: which of its parts it has, then these. The bits are stored, and keep their meaning.</summary>
internal static class MessageCodec
{
    [Flags]
    private enum Has
    {
        Nothing = 0,
        MessageId = 1,
        SessionId = 1 << 1,
        CorrelationId = 1 << 2,
        Subject = 1 << 3,
        To = 1 << 4,
        ReplyTo = 1 << 5,
        ReplyToSessionId = 1 << 6,
        ContentType = 1 << 7,
        PartitionKey = 1 << 8,
        TransactionPartitionKey = 1 << 9,
        TimeToLive = 1 << 10,
        ScheduledEnqueueTime = 1 << 11,
        Forwarding = 1 << 12,
        Opaque = 1 << 13,
        BodyOfOriginal = 1 << 14,
    }

    /// <summary>What a message takes in a record, about.</summary>
    public static int SizeOf(BrokerMessage message) => message.Body.Length + message.Opaque.Length + 512 + (64 * message.Properties.Count);

    /// <summary>Writes a message.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="message">What to write.</param>
    /// <param name="original">A message written before it, whose body is not written again if it is the same.</param>
    public static void WriteMessage(this ref RecordWriter writer, BrokerMessage message, BrokerMessage? original = null)
    {
        var has = PartsOf(message) | (original is not null && original.Body.Equals(message.Body) ? Has.BodyOfOriginal : Has.Nothing);
        writer.Write((int)has);
        WriteText(ref writer, message.MessageId);
        WriteText(ref writer, message.SessionId);
        WriteText(ref writer, message.CorrelationId);
        WriteText(ref writer, message.Subject);
        WriteText(ref writer, message.To);
        WriteText(ref writer, message.ReplyTo);
        WriteText(ref writer, message.ReplyToSessionId);
        WriteText(ref writer, message.ContentType);
        WriteText(ref writer, message.PartitionKey);
        WriteText(ref writer, message.TransactionPartitionKey);
        if (has.HasFlag(Has.TimeToLive))
        {
            writer.Write(message.TimeToLive);
        }

        if (message.ScheduledEnqueueTime is { } scheduled)
        {
            writer.Write(scheduled);
        }

        if (message.Forwarding is { } forwarding)
        {
            writer.Write(forwarding.EnqueuedSequenceNumber);
            writer.Write(forwarding.Hops);
            writer.WriteOptional(forwarding.DeadLetterSource);
        }

        writer.WriteProperties(message.Properties);
        if (has.HasFlag(Has.Opaque))
        {
            writer.Write(message.Opaque.Span);
        }

        if (!has.HasFlag(Has.BodyOfOriginal))
        {
            writer.Write(message.Body.Span);
        }
    }

    /// <summary>Reads what <see cref="WriteMessage"/> wrote, with the same original.</summary>
    public static BrokerMessage ReadMessage(this ref RecordReader reader, BrokerMessage? original = null)
    {
        var has = (Has)reader.ReadInt32();
        return new BrokerMessage
        {
            MessageId = ReadText(ref reader, has, Has.MessageId),
            SessionId = ReadText(ref reader, has, Has.SessionId),
            CorrelationId = ReadText(ref reader, has, Has.CorrelationId),
            Subject = ReadText(ref reader, has, Has.Subject),
            To = ReadText(ref reader, has, Has.To),
            ReplyTo = ReadText(ref reader, has, Has.ReplyTo),
            ReplyToSessionId = ReadText(ref reader, has, Has.ReplyToSessionId),
            ContentType = ReadText(ref reader, has, Has.ContentType),
            PartitionKey = ReadText(ref reader, has, Has.PartitionKey),
            TransactionPartitionKey = ReadText(ref reader, has, Has.TransactionPartitionKey),
            TimeToLive = has.HasFlag(Has.TimeToLive) ? reader.ReadSpan() : TimeSpan.MaxValue,
            ScheduledEnqueueTime = has.HasFlag(Has.ScheduledEnqueueTime) ? reader.ReadTime() : null,
            Forwarding = has.HasFlag(Has.Forwarding) ? new Forwarding(reader.ReadInt64(), reader.ReadInt32(), reader.ReadOptionalText()) : null,
            Properties = reader.ReadProperties() ?? BrokerMessage.NoProperties,
            Opaque = has.HasFlag(Has.Opaque) ? reader.ReadBytes().ToArray() : default(ReadOnlyMemory<byte>),
            Body = !has.HasFlag(Has.BodyOfOriginal) ? reader.ReadBytes().ToArray()
                : original?.Body ?? throw new InvalidDataException("The record leaves out the body of a message that is alone."),
        };
    }

    private static Has PartsOf(BrokerMessage message) =>
        If(message.MessageId is not null, Has.MessageId)
        | If(message.SessionId is not null, Has.SessionId)
        | If(message.CorrelationId is not null, Has.CorrelationId)
        | If(message.Subject is not null, Has.Subject)
        | If(message.To is not null, Has.To)
        | If(message.ReplyTo is not null, Has.ReplyTo)
        | If(message.ReplyToSessionId is not null, Has.ReplyToSessionId)
        | If(message.ContentType is not null, Has.ContentType)
        | If(message.PartitionKey is not null, Has.PartitionKey)
        | If(message.TransactionPartitionKey is not null, Has.TransactionPartitionKey)
        | If(message.TimeToLive != TimeSpan.MaxValue, Has.TimeToLive)
        | If(message.ScheduledEnqueueTime is not null, Has.ScheduledEnqueueTime)
        | If(message.Forwarding is not null, Has.Forwarding)
        | If(message.Opaque.Length > 0, Has.Opaque);

    private static Has If(bool condition, Has part) => condition ? part : Has.Nothing;

    private static void WriteText(ref RecordWriter writer, string? text)
    {
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    private static string? ReadText(ref RecordReader reader, Has has, Has part) => has.HasFlag(part) ? reader.ReadText() : null;
}
