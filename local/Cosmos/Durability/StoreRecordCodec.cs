using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.Cosmos.Durability;

/// <summary>The form of the store's records in the journal.</summary>
internal static class StoreRecordCodec
{
    private const int Small = 512;
    private const byte Put = 1, Removed = 2;

    /// <summary>What the record's payload takes, about.</summary>
    public static int SizeOf(StoreRecord record) => record is StoreRecord.ItemsChanged items
        ? Small + items.Changes.Sum(c => c is ItemChange.Put put ? RecordParts.SizeOf(put.Item) : Small)
        : Small;

    /// <summary>Writes the payload.</summary>
    /// <returns>The kind to append it with.</returns>
    public static RecordKind Write(ref RecordWriter writer, StoreRecord record)
    {
        switch (record)
        {
            case StoreRecord.DatabaseCreated(var rid, var id, var timestamp):
                writer.Write(rid);
                writer.Write(id);
                writer.Write(timestamp);
                return RecordKind.DatabaseCreated;
            case StoreRecord.DatabaseDeleted(var rid):
                writer.Write(rid);
                return RecordKind.DatabaseDeleted;
            case StoreRecord.ContainerCreated(var rid, var definition, var ranges, var timestamp):
                writer.WriteRid(rid);
                writer.WriteDefinition(definition);
                writer.Write(ranges);
                writer.Write(timestamp);
                return RecordKind.ContainerCreated;
            case StoreRecord.ContainerReplaced(var rid, var definition, var timestamp):
                writer.WriteRid(rid);
                writer.WriteDefinition(definition);
                writer.Write(timestamp);
                return RecordKind.ContainerReplaced;
            case StoreRecord.ContainerDeleted(var rid):
                writer.WriteRid(rid);
                return RecordKind.ContainerDeleted;
            case StoreRecord.ItemsChanged(var rid, var range, var lsn, var changes):
                writer.WriteRid(rid);
                writer.Write(range);
                writer.Write(lsn);
                Write(ref writer, changes);
                return RecordKind.ItemsChanged;
            default:
                throw new InvalidOperationException($"Unknown record {record.GetType().Name}.");
        }
    }

    /// <summary>Reads a payload that <see cref="Write(ref RecordWriter, StoreRecord)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static StoreRecord Read(RecordKind kind, ReadOnlySpan<byte> payload)
    {
        var reader = new RecordReader(payload);
        StoreRecord record = kind switch
        {
            RecordKind.DatabaseCreated => new StoreRecord.DatabaseCreated(reader.ReadUInt32(), reader.ReadText(), reader.ReadInt64()),
            RecordKind.DatabaseDeleted => new StoreRecord.DatabaseDeleted(reader.ReadUInt32()),
            RecordKind.ContainerCreated => new StoreRecord.ContainerCreated(reader.ReadRid(), reader.ReadDefinition(), reader.ReadInt32(), reader.ReadInt64()),
            RecordKind.ContainerReplaced => new StoreRecord.ContainerReplaced(reader.ReadRid(), reader.ReadDefinition(), reader.ReadInt64()),
            RecordKind.ContainerDeleted => new StoreRecord.ContainerDeleted(reader.ReadRid()),
            RecordKind.ItemsChanged => ReadItemsChanged(ref reader),
            _ => throw new InvalidDataException($"The journal has a record of kind {(byte)kind}, which this version of the endpoint does not know."),
        };
        reader.End();
        return record;
    }

    private static void Write(ref RecordWriter writer, IReadOnlyList<ItemChange> changes)
    {
        writer.Write(changes.Count);
        foreach (var change in changes)
        {
            switch (change)
            {
                case ItemChange.Put(var item):
                    writer.Write(Put);
                    writer.WriteItem(item);
                    break;
                case ItemChange.Removed(var key, var id):
                    writer.Write(Removed);
                    writer.WriteKey(key);
                    writer.Write(id);
                    break;
            }
        }
    }

    private static StoreRecord.ItemsChanged ReadItemsChanged(ref RecordReader reader)
    {
        var (rid, range, lsn) = (reader.ReadRid(), reader.ReadInt32(), reader.ReadInt64());
        var changes = new ItemChange[reader.ReadInt32()];
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = reader.ReadByte() switch
            {
                Put => new ItemChange.Put(reader.ReadItem(lsn)),
                Removed => new ItemChange.Removed(reader.ReadKey(), reader.ReadText()),
                var other => throw new InvalidDataException($"There is no kind {other} of change."),
            };
        }

        return new StoreRecord.ItemsChanged(rid, range, lsn, changes);
    }
}
