using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>The form of a queue's changes in a record.</summary>
internal static class QueueRecordCodec
{
    public static void Write(ref RecordWriter writer, QueueRecord record)
    {
        switch (record)
        {
            case QueueRecord.Enqueued(var number, var enqueued, var message, var at, var expiresAt):
                writer.Write(ChangeKind.Enqueued);
                writer.Write(number);
                writer.Write(enqueued);
                writer.Write(at);
                writer.Write(expiresAt);
                writer.WriteMessage(message);
                break;
            case QueueRecord.Scheduled(var number, var message, var at, var dueAt):
                writer.Write(ChangeKind.Scheduled);
                writer.Write(number);
                writer.Write(at);
                writer.Write(dueAt);
                writer.WriteMessage(message);
                break;
            case QueueRecord.ScheduleCancelled(var number):
                writer.Write(ChangeKind.ScheduleCancelled);
                writer.Write(number);
                break;
            case QueueRecord.Activated(var number, var newNumber, var at, var expiresAt):
                writer.Write(ChangeKind.Activated);
                writer.Write(number);
                writer.Write(newNumber);
                writer.Write(at);
                writer.Write(expiresAt);
                break;
            case QueueRecord.Locked or QueueRecord.LockRenewed or QueueRecord.Released or QueueRecord.Deferred or QueueRecord.Removed
                or QueueRecord.DeadLettered:
                WriteDelivery(ref writer, record);
                break;
            default:
                WriteSession(ref writer, record);
                break;
        }
    }

    /// <returns>The change; none if it is of another kind.</returns>
    public static QueueRecord? TryRead(ChangeKind kind, ref RecordReader reader) => kind switch
    {
        ChangeKind.Enqueued => ReadEnqueued(ref reader),
        ChangeKind.Scheduled => ReadScheduled(ref reader),
        ChangeKind.ScheduleCancelled => new QueueRecord.ScheduleCancelled(reader.ReadInt64()),
        ChangeKind.Activated => new QueueRecord.Activated(reader.ReadInt64(), reader.ReadInt64(), reader.ReadTime(), reader.ReadTime()),
        ChangeKind.Locked => new QueueRecord.Locked(reader.ReadInt64(), reader.ReadGuid(), reader.ReadTime()),
        ChangeKind.LockRenewed => new QueueRecord.LockRenewed(reader.ReadInt64(), reader.ReadTime()),
        ChangeKind.Released => new QueueRecord.Released(reader.ReadInt64(), reader.ReadBoolean(), reader.ReadProperties()),
        ChangeKind.Deferred => new QueueRecord.Deferred(reader.ReadInt64(), reader.ReadProperties()),
        ChangeKind.Removed => new QueueRecord.Removed(reader.ReadInt64()),
        ChangeKind.DeadLettered => new QueueRecord.DeadLettered(
            reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadProperties() ?? BrokerMessage.NoProperties),
        ChangeKind.SessionLocked => new QueueRecord.SessionLocked(reader.ReadText(), reader.ReadGuid(), reader.ReadTime()),
        ChangeKind.SessionLockRenewed => new QueueRecord.SessionLockRenewed(reader.ReadText(), reader.ReadTime()),
        ChangeKind.SessionReleased => new QueueRecord.SessionReleased(reader.ReadText()),
        ChangeKind.SessionStateSet => new QueueRecord.SessionStateSet(reader.ReadText(), reader.ReadOptionalBytes(), reader.ReadTime()),
        _ => null,
    };

    private static QueueRecord.Enqueued ReadEnqueued(ref RecordReader reader)
    {
        var (number, enqueued, at, expiresAt) = (reader.ReadInt64(), reader.ReadInt64(), reader.ReadTime(), reader.ReadTime());
        return new QueueRecord.Enqueued(number, enqueued, reader.ReadMessage(), at, expiresAt);
    }

    private static QueueRecord.Scheduled ReadScheduled(ref RecordReader reader)
    {
        var (number, at, dueAt) = (reader.ReadInt64(), reader.ReadTime(), reader.ReadTime());
        return new QueueRecord.Scheduled(number, reader.ReadMessage(), at, dueAt);
    }

    private static void WriteDelivery(ref RecordWriter writer, QueueRecord record)
    {
        switch (record)
        {
            case QueueRecord.Locked(var number, var token, var until):
                writer.Write(ChangeKind.Locked);
                writer.Write(number);
                writer.Write(token);
                writer.Write(until);
                break;
            case QueueRecord.LockRenewed(var number, var until):
                writer.Write(ChangeKind.LockRenewed);
                writer.Write(number);
                writer.Write(until);
                break;
            case QueueRecord.Released(var number, var counts, var changes):
                writer.Write(ChangeKind.Released);
                writer.Write(number);
                writer.Write(counts);
                writer.WriteProperties(changes);
                break;
            case QueueRecord.Deferred(var number, var changes):
                writer.Write(ChangeKind.Deferred);
                writer.Write(number);
                writer.WriteProperties(changes);
                break;
            case QueueRecord.Removed(var number):
                writer.Write(ChangeKind.Removed);
                writer.Write(number);
                break;
            case QueueRecord.DeadLettered(var number, var deadNumber, var deliveries, var changes):
                writer.Write(ChangeKind.DeadLettered);
                writer.Write(number);
                writer.Write(deadNumber);
                writer.Write(deliveries);
                writer.WriteProperties(changes);
                break;
            default:
                throw new InvalidOperationException($"There is no form for {record.GetType().Name}.");
        }
    }

    private static void WriteSession(ref RecordWriter writer, QueueRecord record)
    {
        switch (record)
        {
            case QueueRecord.SessionLocked(var id, var token, var until):
                writer.Write(ChangeKind.SessionLocked);
                writer.Write(id);
                writer.Write(token);
                writer.Write(until);
                break;
            case QueueRecord.SessionLockRenewed(var id, var until):
                writer.Write(ChangeKind.SessionLockRenewed);
                writer.Write(id);
                writer.Write(until);
                break;
            case QueueRecord.SessionReleased(var id):
                writer.Write(ChangeKind.SessionReleased);
                writer.Write(id);
                break;
            case QueueRecord.SessionStateSet(var id, var state, var at):
                writer.Write(ChangeKind.SessionStateSet);
                writer.Write(id);
                writer.WriteOptional(state);
                writer.Write(at);
                break;
            default:
                throw new InvalidOperationException($"There is no form for {record.GetType().Name}.");
        }
    }
}
