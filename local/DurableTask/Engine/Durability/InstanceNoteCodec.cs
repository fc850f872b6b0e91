using System.Collections.Immutable;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.DurableTask.Durability;

/// <summary>The form of an instance in a snapshot. What the state shares with the history is written once, and is one in memory again.</summary>
internal static class InstanceNoteCodec
{
    private const int Usual = 2048;
    private const byte Activity = 1, Child = 2, Timer = 3;

    /// <summary>What stands in the place of a position in the history for an event that is not in it.</summary>
    private const int Elsewhere = -1;

    /// <summary>Adds an instance to a snapshot.</summary>
    public static void WriteTo(SnapshotWriter snapshot, InstanceNote note)
    {
        var writer = new RecordWriter(Usual);
        try
        {
            Write(ref writer, note);
            snapshot.Write((byte)RecordKind.InstanceNoted, writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Writes the payload.</summary>
    public static void Write(ref RecordWriter writer, InstanceNote note)
    {
        var (state, history) = (note.State, note.History);
        writer.Write(state.InstanceId);
        writer.WriteEvents(history);
        WriteShared(ref writer, state.Started, history);
        writer.WriteMoment(state.CreatedAt);
        writer.WriteMoment(state.LastUpdatedAt);
        writer.Write(state.HasBegun);
        writer.Write(state.IsSuspended);
        writer.Write(state.End is not null);
        if (state.End is { } end)
        {
            WriteShared(ref writer, end, history);
        }

        writer.WriteOptional(state.CustomStatus);
        writer.Write(state.OpenTasks.Count);
        foreach (var (taskId, task) in state.OpenTasks)
        {
            writer.Write(taskId);
            WriteTask(ref writer, task, history);
        }

        writer.Write(note.NextSequence);
        writer.Write(note.Inbox.Count);
        foreach (var (sequence, executionId, happened) in note.Inbox)
        {
            writer.Write(sequence);
            writer.WriteOptional(executionId);
            writer.WriteEvent(happened);
        }
    }

    /// <summary>Reads a payload that <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is not one.</exception>
    public static InstanceNote Read(ref RecordReader reader)
    {
        var instanceId = reader.ReadText();
        var history = reader.ReadEvents<HistoryEvent>();
        var state = new InstanceState
        {
            InstanceId = instanceId,
            Started = ReadShared<HistoryEvent.ExecutionStarted>(ref reader, history),
            CreatedAt = reader.ReadMoment(),
            LastUpdatedAt = reader.ReadMoment(),
            HasBegun = reader.ReadBoolean(),
            IsSuspended = reader.ReadBoolean(),
            End = reader.ReadBoolean() ? ReadShared<HistoryEvent.ExecutionEnded>(ref reader, history) : null,
            CustomStatus = reader.ReadOptionalText(),
            OpenTasks = ReadTasks(ref reader, history),
        };
        var nextSequence = reader.ReadInt64();
        var inbox = new InboxMessage[reader.ReadCount()];
        for (var i = 0; i < inbox.Length; i++)
        {
            inbox[i] = new InboxMessage(reader.ReadInt64(), reader.ReadOptionalText(), reader.ReadEvent());
        }

        return new InstanceNote(state, history, inbox, nextSequence);
    }

    private static void WriteTask(ref RecordWriter writer, OpenTask task, IReadOnlyList<HistoryEvent> history)
    {
        switch (task)
        {
            case OpenTask.Activity(var call):
                writer.Write(Activity);
                WriteShared(ref writer, call, history);
                break;
            case OpenTask.Child(var instanceId):
                writer.Write(Child);
                writer.Write(instanceId);
                break;
            case OpenTask.Timer(var fireAt):
                writer.Write(Timer);
                writer.WriteMoment(fireAt);
                break;
            default:
                throw new InvalidOperationException($"{task.GetType().Name} has no form in a snapshot.");
        }
    }

    private static ImmutableDictionary<int, OpenTask> ReadTasks(ref RecordReader reader, ImmutableArray<HistoryEvent> history)
    {
        var tasks = ImmutableDictionary.CreateBuilder<int, OpenTask>();
        for (var count = reader.ReadCount(); count > 0; count--)
        {
            var taskId = reader.ReadInt32();
            tasks[taskId] = reader.ReadByte() switch
            {
                Activity => new OpenTask.Activity(ReadShared<HistoryEvent.ActivityScheduled>(ref reader, history)),
                Child => new OpenTask.Child(reader.ReadText()),
                Timer => new OpenTask.Timer(reader.ReadMoment()),
                var other => throw new InvalidDataException($"There is no kind {other} of open task."),
            };
        }

        return tasks.ToImmutable();
    }

    private static void WriteShared(ref RecordWriter writer, HistoryEvent happened, IReadOnlyList<HistoryEvent> history)
    {
        var position = Elsewhere;
        for (var i = 0; i < history.Count && position == Elsewhere; i++)
        {
            position = ReferenceEquals(history[i], happened) ? i : Elsewhere;
        }

        writer.Write(position);
        if (position == Elsewhere)
        {
            writer.WriteEvent(happened);
        }
    }

    private static T ReadShared<T>(ref RecordReader reader, ImmutableArray<HistoryEvent> history)
        where T : HistoryEvent
    {
        var position = reader.ReadInt32();
        if (position == Elsewhere)
        {
            return reader.ReadEvent<T>();
        }

        return position >= 0 && position < history.Length && history[position] is T shared
            ? shared
            : throw new InvalidDataException($"The instance refers to event {position} of its history as a {typeof(T).Name}, which it is not.");
    }
}
