using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// One run of orchestrator code over a history. Feeding it an event lets the code go on as far as it can; what the code decides is
/// pending until the history confirms it, and what is pending at the end is new.
/// </summary>
internal sealed class OrchestrationRun(EpisodeSynchronizationContext thread, DataConverter converter)
{
    private readonly SortedDictionary<int, HistoryEvent> _pending = [];
    private readonly Dictionary<int, PendingTask> _open = [];
    private int _nextTaskId;
    private ExternalEvents? _events;

    public ExternalEvents Events => _events ??= new ExternalEvents(converter, Tokens);

    /// <summary>What may cancel the code's waits.</summary>
    public TokenWatches Tokens { get; } = new();

    /// <summary>Whether inputs are serialized in a replay too, for somebody who compares them.</summary>
    public bool TellsInputs { get; init; }

    public HistoryEvent.ExecutionStarted? Started { get; private set; }

    public DateTimeOffset Now { get; private set; }

    public bool IsReplaying { get; private set; }

    /// <summary>The code's own task; <see langword="null"/> until the execution has started.</summary>
    public Task<object?>? Code { get; private set; }

    public bool HasOpenTasks => _open.Count > 0;

    /// <summary>What the code decided and the history does not know yet, in the order of the ids.</summary>
    public IEnumerable<HistoryEvent> Decisions => _pending.Values;

    public int TakeTaskId() => _nextTaskId++;

    public void Decide(int taskId, HistoryEvent decision, PendingTask? task)
    {
        _pending.Add(taskId, decision);
        if (task is not null)
        {
            _open.Add(taskId, task);
        }
    }

    /// <summary>Takes back a timer: it is no longer waited for, and never created if its creation is still pending.</summary>
    public bool Withdraw(int taskId)
    {
        _pending.Remove(taskId);
        return _open.Remove(taskId);
    }

    public void Feed(HistoryEvent happened, int position, bool isReplaying, Func<Task<object?>> startCode)
    {
        switch (happened)
        {
            case HistoryEvent.EpisodeStarted:
                HistoryCheck.NothingPending(_pending, position);
                Now = happened.Timestamp;
                break;
            case HistoryEvent.ExecutionStarted started:
                Started = started;
                IsReplaying = isReplaying;
                Code = startCode();
                thread.Drain();
                break;
            case HistoryEvent.ActivityScheduled or HistoryEvent.ChildScheduled or HistoryEvent.TimerCreated or HistoryEvent.EventSent:
                HistoryCheck.Confirm(_pending, happened, position);
                break;
            case HistoryEvent.TaskCompleted task:
                Answer(task.TaskId, isReplaying, open => open.Complete(task.Result));
                break;
            case HistoryEvent.TaskFailed task:
                Answer(task.TaskId, isReplaying, open => open.Fail(task.Failure));
                break;
            case HistoryEvent.TimerFired timer:
                Answer(timer.TaskId, isReplaying, open => open.Complete(null));
                break;
            case HistoryEvent.EventReceived received:
                IsReplaying = isReplaying;
                Events.Raise(received);
                thread.Drain();
                break;
            case HistoryEvent.CustomStatusChanged or HistoryEvent.Suspended or HistoryEvent.Resumed or HistoryEvent.Terminated
                or HistoryEvent.Faulted or HistoryEvent.Rewound or HistoryEvent.ExecutionEnded or HistoryEvent.ContinuedAsNew:
                break;
            default:
                throw new InvalidOperationException($"{happened.GetType().Name} can't be replayed.");
        }
    }

    private void Answer(int taskId, bool isReplaying, Action<PendingTask> answer)
    {
        IsReplaying = isReplaying;
        if (_open.Remove(taskId, out var task))
        {
            answer(task);
            thread.Drain();
        }
    }
}

/// <summary>Holds what the code decides against what the history says it decided.</summary>
internal static class HistoryCheck
{
    public static void Confirm(SortedDictionary<int, HistoryEvent> pending, HistoryEvent recorded, int position)
    {
        var said = DecisionIdentity.Of(recorded);
        if (!pending.Remove(said.TaskId, out var decided))
        {
            throw Divergence(position, $"{said} was decided here", $"decided nothing with id {said.TaskId}");
        }

        var did = DecisionIdentity.Of(decided);
        if (said != did)
        {
            throw Divergence(position, $"{said} was decided here", $"decided {did}");
        }
    }

    public static void NothingPending(SortedDictionary<int, HistoryEvent> pending, int position)
    {
        if (pending.Count > 0)
        {
            var extra = pending.Values.First();
            throw Divergence(position, "the code waited here", $"also decided {DecisionIdentity.Of(extra)}");
        }
    }

    private static NonDeterministicOrchestrationException Divergence(int position, string history, string code) => new(
        $"The orchestrator is not deterministic: at event #{position} of the history, the history says that {history}, but the code "
        + $"{code}. Code that instances in flight depend on was changed, or it depends on something other than its context (clock, "
        + "random numbers, settings, other I/O).");
}

/// <summary>What must be the same in a replay: id, kind, and name without regard to letter case.</summary>
internal readonly record struct DecisionIdentity(int TaskId, string Kind, string? Name)
{
    public static DecisionIdentity Of(HistoryEvent decision) => decision switch
    {
        HistoryEvent.ActivityScheduled call => new(call.TaskId, DecisionKinds.Activity, call.Name),
        HistoryEvent.ChildScheduled call => new(call.TaskId, DecisionKinds.Child, call.Name),
        HistoryEvent.TimerCreated timer => new(timer.TaskId, DecisionKinds.Timer, null),
        HistoryEvent.EventSent sent => new(sent.TaskId, DecisionKinds.Event, sent.Name),
        _ => throw new ArgumentException($"{decision.GetType().Name} is not a decision of orchestrator code.", nameof(decision)),
    };

    public bool Equals(DecisionIdentity other) =>
        TaskId == other.TaskId && Kind == other.Kind && string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => TaskId;

    public override string ToString() => Name is null ? $"{Kind} #{TaskId}" : $"{Kind} '{Name}' #{TaskId}";
}
