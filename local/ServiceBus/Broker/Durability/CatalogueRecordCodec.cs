using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>The form of the catalogue's changes in a record.</summary>
internal static class CatalogueRecordCodec
{
    public static void Write(ref RecordWriter writer, CatalogueRecord record)
    {
        switch (record)
        {
            case CatalogueRecord.QueueCreated(var queue, var isDeclared, var at):
                WriteHead(ref writer, ChangeKind.QueueCreated, isDeclared, at);
                writer.WriteQueue(queue);
                break;
            case CatalogueRecord.QueueUpdated(var queue, var isDeclared, var at):
                WriteHead(ref writer, ChangeKind.QueueUpdated, isDeclared, at);
                writer.WriteQueue(queue);
                break;
            case CatalogueRecord.TopicCreated(var topic, var isDeclared, var at):
                WriteHead(ref writer, ChangeKind.TopicCreated, isDeclared, at);
                writer.WriteTopic(topic);
                break;
            case CatalogueRecord.TopicUpdated(var topic, var isDeclared, var at):
                WriteHead(ref writer, ChangeKind.TopicUpdated, isDeclared, at);
                writer.WriteTopic(topic);
                break;
            case CatalogueRecord.SubscriptionCreated(var subscription, var isDeclared, var at):
                WriteHead(ref writer, ChangeKind.SubscriptionCreated, isDeclared, at);
                writer.WriteSubscription(subscription);
                break;
            case CatalogueRecord.SubscriptionUpdated(var subscription, var isDeclared, var at):
                WriteHead(ref writer, ChangeKind.SubscriptionUpdated, isDeclared, at);
                writer.WriteSubscription(subscription);
                break;
            case CatalogueRecord.EntityDeleted:
                writer.Write(ChangeKind.EntityDeleted);
                break;
            default:
                throw new InvalidOperationException($"There is no form for {record.GetType().Name}.");
        }
    }

    /// <returns>The change; none if it is of another kind.</returns>
    public static CatalogueRecord? TryRead(ChangeKind kind, ref RecordReader reader)
    {
        if (kind == ChangeKind.EntityDeleted)
        {
            return new CatalogueRecord.EntityDeleted();
        }

        if (kind is < ChangeKind.QueueCreated or > ChangeKind.SubscriptionUpdated)
        {
            return null;
        }

        var (isDeclared, at) = (reader.ReadBoolean(), reader.ReadTime());
        return kind switch
        {
            ChangeKind.QueueCreated => new CatalogueRecord.QueueCreated(reader.ReadQueue(), isDeclared, at),
            ChangeKind.QueueUpdated => new CatalogueRecord.QueueUpdated(reader.ReadQueue(), isDeclared, at),
            ChangeKind.TopicCreated => new CatalogueRecord.TopicCreated(reader.ReadTopic(), isDeclared, at),
            ChangeKind.TopicUpdated => new CatalogueRecord.TopicUpdated(reader.ReadTopic(), isDeclared, at),
            ChangeKind.SubscriptionCreated => new CatalogueRecord.SubscriptionCreated(reader.ReadSubscription(), isDeclared, at),
            _ => new CatalogueRecord.SubscriptionUpdated(reader.ReadSubscription(), isDeclared, at),
        };
    }

    private static void WriteHead(ref RecordWriter writer, ChangeKind kind, bool isDeclared, DateTimeOffset at)
    {
        writer.Write(kind);
        writer.Write(isDeclared);
        writer.Write(at);
    }
}
