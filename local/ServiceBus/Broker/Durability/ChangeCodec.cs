using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>The form of a change in a record.</summary>
internal static class ChangeCodec
{
    private const int Small = 128;

    /// <summary>What it takes, about.</summary>
    public static int SizeOf(BrokerRecord record) => record switch
    {
        QueueRecord.Enqueued r => MessageCodec.SizeOf(r.Message),
        QueueRecord.Scheduled r => MessageCodec.SizeOf(r.Message),
        TopicRecord.Published r => MessageCodec.SizeOf(r.Message) + (Small * r.Copies.Count),
        TopicRecord.Scheduled r => MessageCodec.SizeOf(r.Message),
        _ => Small,
    };

    public static void Write(ref RecordWriter writer, BrokerRecord record)
    {
        switch (record)
        {
            case QueueRecord queue:
                QueueRecordCodec.Write(ref writer, queue);
                break;
            case TopicRecord topic:
                TopicRecordCodec.Write(ref writer, topic);
                break;
            case CatalogueRecord catalogue:
                CatalogueRecordCodec.Write(ref writer, catalogue);
                break;
            default:
                throw new InvalidOperationException($"There is no form for {record.GetType().Name}.");
        }
    }

    /// <exception cref="InvalidDataException">It is no change that this version knows.</exception>
    public static BrokerRecord Read(ref RecordReader reader)
    {
        var kind = (ChangeKind)reader.ReadByte();
        return (BrokerRecord?)QueueRecordCodec.TryRead(kind, ref reader)
            ?? (BrokerRecord?)TopicRecordCodec.TryRead(kind, ref reader)
            ?? (BrokerRecord?)CatalogueRecordCodec.TryRead(kind, ref reader)
            ?? throw new InvalidDataException($"The journal has a change of kind {(byte)kind}, which this version of the broker does not know.");
    }

    public static void Write(this ref RecordWriter writer, ChangeKind kind) => writer.Write((byte)kind);
}
