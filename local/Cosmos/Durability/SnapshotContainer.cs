using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.Cosmos.Durability;

/// <summary>A container in a snapshot: how it is written, and read again record by record.</summary>
internal sealed class SnapshotContainer
{
    private ContainerNote? _note;
    private List<StoredItem>[] _items = [];

    /// <summary>Takes the record that begins a container.</summary>
    public void Begin(ref RecordReader reader)
    {
        var (rid, definition, timestamp, nextNumber) = (reader.ReadRid(), reader.ReadDefinition(), reader.ReadInt64(), reader.ReadInt64());
        var positions = new long[reader.ReadInt32()];
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = reader.ReadInt64();
        }

        _items = [.. positions.Select(_ => new List<StoredItem>())];
        _note = new ContainerNote(rid, definition, timestamp, nextNumber, [.. positions.Zip(_items, (lsn, items) => new RangeNote(lsn, items))]);
    }

    /// <summary>Takes one of its items.</summary>
    public void Add(ref RecordReader reader)
    {
        var (range, lsn) = (reader.ReadInt32(), reader.ReadInt64());
        _items[range].Add(reader.ReadItem(lsn));
    }

    /// <summary>The container, when all its items are there.</summary>
    public ContainerState Build()
    {
        var note = _note ?? throw new InvalidDataException("The snapshot ends a container that it has not begun.");
        var state = new ContainerState(note.Rid, note.Definition, new KeyRangeMap(note.Ranges.Count), note.Timestamp);
        state.Load(note);
        _note = null;
        return state;
    }

    /// <summary>Writes the record that begins a container.</summary>
    public static void WriteBeginning(ref RecordWriter writer, ContainerNote note)
    {
        writer.WriteRid(note.Rid);
        writer.WriteDefinition(note.Definition);
        writer.Write(note.Timestamp);
        writer.Write(note.NextItemNumber);
        writer.Write(note.Ranges.Count);
        foreach (var range in note.Ranges)
        {
            writer.Write(range.Lsn);
        }
    }

    /// <summary>Writes one of its items.</summary>
    public static void WriteItem(ref RecordWriter writer, int range, StoredItem item)
    {
        writer.Write(range);
        writer.Write(item.Lsn);
        writer.WriteItem(item);
    }
}
