using System.Collections.Immutable;
using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.DurableTask.Durability;

/// <summary>The form of the hub's records in the journal.</summary>
internal static class HubRecordCodec
{
    /// <summary>Writes the payload.</summary>
    /// <returns>The kind to append it with.</returns>
    public static RecordKind Write(ref RecordWriter writer, HubRecord record)
    {
        writer.Write(record.InstanceId);
        switch (record)
        {
            case HubRecord.InstanceStarted(var started):
                writer.WriteEvent(started);
                return RecordKind.InstanceStarted;
            case HubRecord.MessageReceived(var executionId, var happened):
                writer.WriteOptional(executionId);
                writer.WriteEvent(happened);
                return RecordKind.MessageReceived;
            case HubRecord.EpisodeCommitted(var executionId, var consumed, var events):
                writer.Write(executionId);
                writer.Write(consumed.Length);
                foreach (var sequence in consumed)
                {
                    writer.Write(sequence);
                }

                writer.WriteEvents(events);
                return RecordKind.EpisodeCommitted;
            case HubRecord.InstancePurged:
                return RecordKind.InstancePurged;
            case HubRecord.InstanceRewound(var rewound):
                writer.WriteEvent(rewound);
                return RecordKind.InstanceRewound;
            default:
                throw new InvalidOperationException($"{record.GetType().Name} has no form in the journal.");
        }
    }

    /// <summary>Reads a payload that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static HubRecord Read(RecordKind kind, ref RecordReader reader)
    {
        if (kind is < RecordKind.InstanceStarted or > RecordKind.InstanceRewound)
        {
            throw new InvalidDataException($"The journal has a record of kind {(byte)kind}, which this version of the engine does not know.");
        }

        var instanceId = reader.ReadText();
        return kind switch
        {
            RecordKind.InstanceStarted => new HubRecord.InstanceStarted(reader.ReadEvent<HistoryEvent.ExecutionStarted>()) { InstanceId = instanceId },
            RecordKind.MessageReceived => new HubRecord.MessageReceived(reader.ReadOptionalText(), reader.ReadEvent()) { InstanceId = instanceId },
            RecordKind.EpisodeCommitted => new HubRecord.EpisodeCommitted(reader.ReadText(), ReadSequences(ref reader), reader.ReadEvents<HistoryEvent>())
            {
                InstanceId = instanceId,
            },
            RecordKind.InstanceRewound => new HubRecord.InstanceRewound(reader.ReadEvent<HistoryEvent.Rewound>()) { InstanceId = instanceId },
            _ => new HubRecord.InstancePurged { InstanceId = instanceId },
        };
    }

    private static ImmutableArray<long> ReadSequences(ref RecordReader reader)
    {
        var sequences = ImmutableArray.CreateBuilder<long>(reader.ReadCount());
        while (sequences.Count < sequences.Capacity)
        {
            sequences.Add(reader.ReadInt64());
        }

        return sequences.DrainToImmutable();
    }
}
