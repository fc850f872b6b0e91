using System.Collections.Immutable;
using EventFunctions.Local.Journal.Payloads;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask.Durability;

/// <summary>Reads what <see cref="EventWriting"/> wrote.</summary>
internal static class EventReading
{
    public static ImmutableArray<T> ReadEvents<T>(this ref RecordReader reader)
        where T : HistoryEvent
    {
        var events = ImmutableArray.CreateBuilder<T>(reader.ReadCount());
        while (events.Count < events.Capacity)
        {
            events.Add(reader.ReadEvent<T>());
        }

        return events.DrainToImmutable();
    }

    /// <exception cref="InvalidDataException">There is another event.</exception>
    public static T ReadEvent<T>(this ref RecordReader reader)
        where T : HistoryEvent => reader.ReadEvent() is var happened && happened is T expected
        ? expected
        : throw new InvalidDataException($"The record has a {happened.GetType().Name} where a {typeof(T).Name} is to come.");

    public static HistoryEvent ReadEvent(this ref RecordReader reader)
    {
        var (kind, at) = ((EventKind)reader.ReadByte(), reader.ReadMoment());
        return kind switch
        {
            EventKind.EpisodeStarted => new HistoryEvent.EpisodeStarted { Timestamp = at },
            EventKind.ExecutionStarted => new HistoryEvent.ExecutionStarted(
                reader.ReadText(),
                reader.ReadText(),
                reader.ReadOptionalText(),
                reader.ReadText(),
                reader.ReadParent(),
                reader.ReadTags(),
                reader.ReadOptionalMoment())
            { Timestamp = at },
            EventKind.ActivityScheduled => new HistoryEvent.ActivityScheduled(
                reader.ReadInt32(), reader.ReadText(), reader.ReadOptionalText(), reader.ReadText())
            { Timestamp = at },
            EventKind.ChildScheduled => new HistoryEvent.ChildScheduled(
                reader.ReadInt32(),
                reader.ReadText(),
                reader.ReadText(),
                reader.ReadText(),
                reader.ReadOptionalText(),
                reader.ReadText(),
                reader.ReadTags())
            { Timestamp = at },
            EventKind.TaskCompleted => new HistoryEvent.TaskCompleted(reader.ReadInt32(), reader.ReadOptionalText()) { Timestamp = at },
            EventKind.TaskFailed => new HistoryEvent.TaskFailed(reader.ReadInt32(), reader.ReadRequiredFailure()) { Timestamp = at },
            EventKind.TimerCreated => new HistoryEvent.TimerCreated(reader.ReadInt32(), reader.ReadMoment()) { Timestamp = at },
            EventKind.TimerFired => new HistoryEvent.TimerFired(reader.ReadInt32()) { Timestamp = at },
            EventKind.EventSent => new HistoryEvent.EventSent(
                reader.ReadInt32(), reader.ReadText(), reader.ReadText(), reader.ReadOptionalText())
            { Timestamp = at },
            EventKind.EventReceived => new HistoryEvent.EventReceived(reader.ReadText(), reader.ReadOptionalText()) { Timestamp = at },
            EventKind.CustomStatusChanged => new HistoryEvent.CustomStatusChanged(reader.ReadOptionalText()) { Timestamp = at },
            EventKind.Suspended => new HistoryEvent.Suspended(reader.ReadOptionalText()) { Timestamp = at },
            EventKind.Resumed => new HistoryEvent.Resumed(reader.ReadOptionalText()) { Timestamp = at },
            EventKind.Rewound => new HistoryEvent.Rewound(reader.ReadOptionalText()) { Timestamp = at },
            EventKind.Terminated => new HistoryEvent.Terminated(reader.ReadOptionalText(), reader.ReadBoolean()) { Timestamp = at },
            EventKind.Faulted => new HistoryEvent.Faulted(reader.ReadRequiredFailure()) { Timestamp = at },
            EventKind.ExecutionEnded => new HistoryEvent.ExecutionEnded(
                (OrchestrationRuntimeStatus)reader.ReadByte(), reader.ReadOptionalText(), reader.ReadFailure())
            { Timestamp = at },
            EventKind.ContinuedAsNew => new HistoryEvent.ContinuedAsNew(
                reader.ReadEvent<HistoryEvent.ExecutionStarted>(), reader.ReadEvents<HistoryEvent.EventReceived>())
            { Timestamp = at },
            _ => throw new InvalidDataException($"The record has a history event of kind {(byte)kind}, which this version of the engine does not know."),
        };
    }
}
