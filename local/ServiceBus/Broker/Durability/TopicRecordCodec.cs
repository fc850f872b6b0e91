using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>The form of a topic's changes in a record. A published message is there once, however many subscriptions have copies.</summary>
internal static class TopicRecordCodec
{
    public static void Write(ref RecordWriter writer, TopicRecord record)
    {
        switch (record)
        {
            case TopicRecord.Published(var number, var scheduledAs, var message, var at, var copies):
                writer.Write(ChangeKind.Published);
                writer.Write(number);
                writer.Write(scheduledAs ?? 0);
                writer.Write(at);
                writer.WriteMessage(message);
                writer.Write(copies.Count);
                foreach (var copy in copies)
                {
                    Write(ref writer, copy, message);
                }

                break;
            case TopicRecord.Scheduled(var number, var message, var at, var dueAt):
                writer.Write(ChangeKind.TopicScheduled);
                writer.Write(number);
                writer.Write(at);
                writer.Write(dueAt);
                writer.WriteMessage(message);
                break;
            case TopicRecord.ScheduleCancelled(var number):
                writer.Write(ChangeKind.TopicScheduleCancelled);
                writer.Write(number);
                break;
            default:
                throw new InvalidOperationException($"There is no form for {record.GetType().Name}.");
        }
    }

    /// <returns>The change; none if it is of another kind.</returns>
    public static TopicRecord? TryRead(ChangeKind kind, ref RecordReader reader) => kind switch
    {
        ChangeKind.Published => ReadPublished(ref reader),
        ChangeKind.TopicScheduled => ReadScheduled(ref reader),
        ChangeKind.TopicScheduleCancelled => new TopicRecord.ScheduleCancelled(reader.ReadInt64()),
        _ => null,
    };

    private static TopicRecord.Scheduled ReadScheduled(ref RecordReader reader)
    {
        var (number, at, dueAt) = (reader.ReadInt64(), reader.ReadTime(), reader.ReadTime());
        return new TopicRecord.Scheduled(number, reader.ReadMessage(), at, dueAt);
    }

    private static TopicRecord.Published ReadPublished(ref RecordReader reader)
    {
        var (number, scheduledAs, at) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadTime());
        var message = reader.ReadMessage();
        var copies = new TopicCopy[reader.ReadCount()];
        for (var i = 0; i < copies.Length; i++)
        {
            copies[i] = ReadCopy(ref reader, message);
        }

        return new TopicRecord.Published(number, scheduledAs == 0 ? null : scheduledAs, message, at, copies);
    }

    private static void Write(ref RecordWriter writer, TopicCopy copy, BrokerMessage published)
    {
        writer.Write(copy.Subscription);
        writer.Write(copy.SequenceNumber);
        writer.Write(copy.ExpiresAt);
        writer.WriteProperties(copy.DeadLetterReason);
        writer.Write(copy.Changed is not null);
        if (copy.Changed is { } changed)
        {
            writer.WriteMessage(changed, published);
        }
    }

    private static TopicCopy ReadCopy(ref RecordReader reader, BrokerMessage published)
    {
        var (subscription, number, expiresAt, reason) = (reader.ReadUInt32(), reader.ReadInt64(), reader.ReadTime(), reader.ReadProperties());
        return new TopicCopy(subscription, number, expiresAt, reason, reader.ReadBoolean() ? reader.ReadMessage(published) : null);
    }
}
