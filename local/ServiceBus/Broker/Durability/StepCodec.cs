using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.ServiceBus.Durability;

/// <summary>The form of a step in a record.</summary>
internal static class StepCodec
{
    /// <summary>What the steps take, about.</summary>
    public static int SizeOf(ReadOnlySpan<ShardStep> steps)
    {
        var size = 64;
        foreach (var step in steps)
        {
            foreach (var change in step.Changes)
            {
                size += ChangeCodec.SizeOf(change.Record);
            }
        }

        return size;
    }

    public static void Write(ref RecordWriter writer, ReadOnlySpan<ShardStep> steps)
    {
        writer.Write((byte)steps.Length);
        foreach (var step in steps)
        {
            writer.Write(step.Shard);
            writer.Write(step.Number);
            writer.Write(step.Changes.Count);
            for (var i = 0; i < step.Changes.Count; i++)
            {
                var change = step.Changes[i];
                writer.Write(change.Entity);
                ChangeCodec.Write(ref writer, change.Record);
            }
        }
    }

    /// <exception cref="InvalidDataException">It is none, or of another version.</exception>
    public static IReadOnlyList<ShardStep> Read(ref RecordReader reader)
    {
        var steps = new ShardStep[reader.ReadByte()];
        for (var i = 0; i < steps.Length; i++)
        {
            var (shard, number) = (reader.ReadUInt32(), reader.ReadInt64());
            var changes = new LoggedChange[reader.ReadCount()];
            for (var j = 0; j < changes.Length; j++)
            {
                var address = reader.ReadAddress();
                changes[j] = new LoggedChange(address, ChangeCodec.Read(ref reader));
            }

            steps[i] = new ShardStep(shard, number, changes);
        }

        reader.End();
        return steps;
    }
}
