using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.DurableTask.Durability;

/// <summary>
/// Builds a hub up again from the records of its journal. A snapshot is noted in the step in which it begins, so every record behind it
/// came after it. What the records let loose at their time is not let loose again: see <see cref="Backlog"/>.
/// </summary>
internal sealed class HubReplay
{
    /// <summary>The instances, when all records were taken.</summary>
    public HubTables Tables { get; } = new();

    /// <summary>Takes the next record.</summary>
    /// <exception cref="InvalidDataException">It is no hub's, or does not follow on the ones before.</exception>
    public void Take(byte kind, ReadOnlySpan<byte> payload)
    {
        var reader = new RecordReader(payload);
        if ((RecordKind)kind == RecordKind.InstanceNoted)
        {
            Load(InstanceNoteCodec.Read(ref reader));
        }
        else
        {
            Tables.Apply(HubRecordCodec.Read((RecordKind)kind, ref reader));
        }

        reader.End();
    }

    private void Load(InstanceNote note)
    {
        if (Tables.Find(note.State.InstanceId) is not null)
        {
            throw new InvalidDataException($"The snapshot has the instance '{note.State.InstanceId}' twice.");
        }

        Tables.Load(note);
    }
}
