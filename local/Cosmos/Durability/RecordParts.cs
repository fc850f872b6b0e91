using System.Text.Json;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.Cosmos.Durability;

/// <summary>How the parts that several records share are written, and read again.</summary>
internal static class RecordParts
{
    public static void WriteRid(this ref RecordWriter writer, ContainerRid rid)
    {
        writer.Write(rid.Database);
        writer.Write(rid.Container);
    }

    public static ContainerRid ReadRid(this ref RecordReader reader) => new(reader.ReadUInt32(), reader.ReadUInt32());

    public static void WriteKey(this ref RecordWriter writer, PartitionKeyValue key)
    {
        writer.Write((byte)key.Kind);
        if (key.Kind == PartitionKeyKind.Number)
        {
            writer.Write(key.Number);
        }
        else if (key.Kind == PartitionKeyKind.String)
        {
            writer.Write(key.Text!);
        }
    }

    public static PartitionKeyValue ReadKey(this ref RecordReader reader) => (PartitionKeyKind)reader.ReadByte() switch
    {
        PartitionKeyKind.Undefined => PartitionKeyValue.Undefined,
        PartitionKeyKind.Null => PartitionKeyValue.Null,
        PartitionKeyKind.False => PartitionKeyValue.Of(false),
        PartitionKeyKind.True => PartitionKeyValue.Of(true),
        PartitionKeyKind.Number => PartitionKeyValue.Of(reader.ReadDouble()),
        PartitionKeyKind.String => PartitionKeyValue.Of(reader.ReadText()),
        var other => throw new InvalidDataException($"There is no kind {other} of partition key."),
    };

    public static void WriteDefinition(this ref RecordWriter writer, ContainerDefinition definition)
    {
        writer.Write(definition.Id);
        writer.Write(definition.PartitionKey.Text);
        writer.Write(definition.DefaultTimeToLive);
        writer.Write(definition.Kept.Count);
        foreach (var (name, value) in definition.Kept)
        {
            writer.Write(name);
            writer.Write(value.GetRawText());
        }
    }

    public static ContainerDefinition ReadDefinition(this ref RecordReader reader)
    {
        var (id, path, timeToLive) = (reader.ReadText(), reader.ReadText(), reader.ReadOptionalInt32());
        var kept = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var name = reader.ReadText();
            kept.Add(name, JsonElement.Parse(reader.ReadBytes(), ItemDocument.ReadOptions));
        }

        var key = PartitionKeyPath.TryParse(path) ?? throw new InvalidDataException($"'{path}' is not the path of a partition key.");
        return new ContainerDefinition(id, key, timeToLive, kept);
    }

    /// <summary>How many bytes an item takes, about; never fewer than its JSON.</summary>
    public static int SizeOf(StoredItem item) => item.Json.Length + (3 * (item.Id.Length + (item.PartitionKey.Text?.Length ?? 0))) + 128;

    /// <summary>All of an item but its position, which it shares with others.</summary>
    public static void WriteItem(this ref RecordWriter writer, StoredItem item)
    {
        writer.WriteKey(item.PartitionKey);
        writer.Write(item.Id);
        writer.Write(item.Number);
        writer.Write(item.Sequence);
        writer.Write(item.ETag);
        writer.Write(item.Timestamp);
        writer.Write(item.TimeToLive);
        writer.Write(item.Json.Span);
    }

    public static StoredItem ReadItem(this ref RecordReader reader, long lsn)
    {
        var (key, id, number, sequence) = (reader.ReadKey(), reader.ReadText(), reader.ReadInt64(), reader.ReadInt32());
        var (etag, timestamp, timeToLive) = (reader.ReadText(), reader.ReadInt64(), reader.ReadOptionalInt32());
        return new StoredItem(id, key, number, lsn, sequence, etag, timestamp, timeToLive, reader.ReadBytes().ToArray());
    }
}
