using EventFunctions.Local.Journal.Payloads;

namespace EventFunctions.Local.DurableTask.Durability;

/// <summary>How history events are written into a record; moments are kept in UTC.</summary>
internal static class EventWriting
{
    public static void WriteEvents(this ref RecordWriter writer, IReadOnlyCollection<HistoryEvent> events)
    {
        writer.Write(events.Count);
        foreach (var happened in events)
        {
            writer.WriteEvent(happened);
        }
    }

    public static void WriteEvent(this ref RecordWriter writer, HistoryEvent happened)
    {
        writer.Write((byte)KindOf(happened));
        writer.WriteMoment(happened.Timestamp);
        switch (happened)
        {
            case HistoryEvent.ActivityScheduled or HistoryEvent.ChildScheduled or HistoryEvent.TaskCompleted or HistoryEvent.TaskFailed
                or HistoryEvent.TimerCreated or HistoryEvent.TimerFired or HistoryEvent.EventSent:
                WriteTask(ref writer, happened);
                break;
            case HistoryEvent.ExecutionStarted(var name, var executionId, var input, var version, var parent, var tags, var startAt):
                writer.Write(name);
                writer.Write(executionId);
                writer.WriteOptional(input);
                writer.Write(version);
                writer.WriteParent(parent);
                writer.WriteTags(tags);
                writer.WriteMoment(startAt);
                break;
            case HistoryEvent.EventReceived(var name, var payload):
                writer.Write(name);
                writer.WriteOptional(payload);
                break;
            case HistoryEvent.CustomStatusChanged(var status):
                writer.WriteOptional(status);
                break;
            case HistoryEvent.Suspended(var reason):
                writer.WriteOptional(reason);
                break;
            case HistoryEvent.Resumed(var reason):
                writer.WriteOptional(reason);
                break;
            case HistoryEvent.Rewound(var reason):
                writer.WriteOptional(reason);
                break;
            case HistoryEvent.Terminated(var output, var recursive):
                writer.WriteOptional(output);
                writer.Write(recursive);
                break;
            case HistoryEvent.Faulted(var failure):
                writer.WriteFailure(failure);
                break;
            case HistoryEvent.ExecutionEnded(var status, var output, var failure):
                writer.Write((byte)status);
                writer.WriteOptional(output);
                writer.WriteFailure(failure);
                break;
            case HistoryEvent.ContinuedAsNew(var next, var carried):
                writer.WriteEvent(next);
                writer.WriteEvents(carried);
                break;
        }
    }

    /// <summary>What the code decided, and what came of it.</summary>
    private static void WriteTask(ref RecordWriter writer, HistoryEvent happened)
    {
        switch (happened)
        {
            case HistoryEvent.ActivityScheduled(var taskId, var name, var input, var version):
                writer.Write(taskId);
                writer.Write(name);
                writer.WriteOptional(input);
                writer.Write(version);
                break;
            case HistoryEvent.ChildScheduled(var taskId, var name, var instanceId, var executionId, var input, var version, var tags):
                writer.Write(taskId);
                writer.Write(name);
                writer.Write(instanceId);
                writer.Write(executionId);
                writer.WriteOptional(input);
                writer.Write(version);
                writer.WriteTags(tags);
                break;
            case HistoryEvent.TaskCompleted(var taskId, var result):
                writer.Write(taskId);
                writer.WriteOptional(result);
                break;
            case HistoryEvent.TaskFailed(var taskId, var failure):
                writer.Write(taskId);
                writer.WriteFailure(failure);
                break;
            case HistoryEvent.TimerCreated(var taskId, var fireAt):
                writer.Write(taskId);
                writer.WriteMoment(fireAt);
                break;
            case HistoryEvent.TimerFired(var taskId):
                writer.Write(taskId);
                break;
            case HistoryEvent.EventSent(var taskId, var instanceId, var name, var payload):
                writer.Write(taskId);
                writer.Write(instanceId);
                writer.Write(name);
                writer.WriteOptional(payload);
                break;
        }
    }

    private static EventKind KindOf(HistoryEvent happened) => happened switch
    {
        HistoryEvent.EpisodeStarted => EventKind.EpisodeStarted,
        HistoryEvent.ExecutionStarted => EventKind.ExecutionStarted,
        HistoryEvent.ActivityScheduled => EventKind.ActivityScheduled,
        HistoryEvent.ChildScheduled => EventKind.ChildScheduled,
        HistoryEvent.TaskCompleted => EventKind.TaskCompleted,
        HistoryEvent.TaskFailed => EventKind.TaskFailed,
        HistoryEvent.TimerCreated => EventKind.TimerCreated,
        HistoryEvent.TimerFired => EventKind.TimerFired,
        HistoryEvent.EventSent => EventKind.EventSent,
        HistoryEvent.EventReceived => EventKind.EventReceived,
        HistoryEvent.CustomStatusChanged => EventKind.CustomStatusChanged,
        HistoryEvent.Suspended => EventKind.Suspended,
        HistoryEvent.Resumed => EventKind.Resumed,
        HistoryEvent.Terminated => EventKind.Terminated,
        HistoryEvent.Rewound => EventKind.Rewound,
        HistoryEvent.Faulted => EventKind.Faulted,
        HistoryEvent.ExecutionEnded => EventKind.ExecutionEnded,
        HistoryEvent.ContinuedAsNew => EventKind.ContinuedAsNew,
        _ => throw new InvalidOperationException($"{happened.GetType().Name} has no form in the journal."),
    };
}
