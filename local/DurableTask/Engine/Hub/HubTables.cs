namespace EventFunctions.Local.DurableTask;

/// <summary>The hub's instances. Records are the only way to change them. Not safe for several threads: the hub has the lock.</summary>
internal sealed partial class HubTables
{
    private readonly Dictionary<string, InstanceEntry> _instances = new(StringComparer.Ordinal);

    public IReadOnlyCollection<InstanceEntry> All => _instances.Values;

    public InstanceEntry? Find(string instanceId) => _instances.GetValueOrDefault(instanceId);

    /// <summary>Where every instance stands now.</summary>
    public InstanceState[] States() => [.. _instances.Values.Select(entry => entry.State)];

    /// <summary>Every instance as it is now, in the order in which they came.</summary>
    public IReadOnlyList<InstanceNote> Note() => [.. _instances.Values.Select(entry => entry.Note())];

    /// <summary>Takes in an instance of a snapshot.</summary>
    /// <exception cref="ArgumentException">There is one of its id already.</exception>
    public void Load(InstanceNote note) => _instances.Add(note.State.InstanceId, InstanceEntry.Of(note));

    /// <summary>Applies a record.</summary>
    /// <returns>What is to be done once the record is durable.</returns>
    public List<HubEffect> Apply(HubRecord record)
    {
        var effects = new List<HubEffect>();
        switch (record)
        {
            case HubRecord.InstanceStarted start:
                Start(start.InstanceId, start.Started, effects);
                break;
            case HubRecord.MessageReceived message:
                Deliver(message.InstanceId, message.ExecutionId, message.Event, effects);
                break;
            case HubRecord.EpisodeCommitted commit:
                Commit(commit, effects);
                break;
            case HubRecord.InstanceRewound rewound:
                Rewind(rewound.InstanceId, rewound.Event, effects);
                break;
            case HubRecord.InstancePurged:
                _instances.Remove(record.InstanceId);
                effects.Add(new HubEffect.Changed(record.InstanceId));
                break;
            default:
                throw new InvalidOperationException($"{record.GetType().Name} can't be applied.");
        }

        return effects;
    }

    private void Start(string instanceId, HistoryEvent.ExecutionStarted started, List<HubEffect> effects)
    {
        if (Find(instanceId) is { State.HasEnded: false } replaced)
        {
            Disarm(replaced.State, effects);
            Answer(replaced.State, ChildAnswer.Replaced(replaced.State, started.Timestamp), effects);
        }

        var entry = new InstanceEntry(InstanceState.Scheduled(instanceId, started)) { IsQueued = true };
        entry.Put(started.ExecutionId, started);
        _instances[instanceId] = entry;
        effects.Add(new HubEffect.Ready(entry));
        effects.Add(new HubEffect.Changed(instanceId));
        if (started.StartAt is { } startAt)
        {
            effects.Add(new HubEffect.Arm(new WaitingTimer(startAt, instanceId, started.ExecutionId, WaitingTimer.StartTaskId)));
        }
    }

    private void Deliver(string instanceId, string? executionId, HistoryEvent happened, List<HubEffect> effects)
    {
        if (Find(instanceId) is not { State.HasEnded: false } entry || (executionId ?? entry.State.ExecutionId) != entry.State.ExecutionId)
        {
            return;
        }

        entry.Put(executionId, happened);
        if (!entry.IsQueued && entry.IsWokenBy(happened))
        {
            entry.IsQueued = true;
            effects.Add(new HubEffect.Ready(entry));
        }
    }

    private void Commit(HubRecord.EpisodeCommitted commit, List<HubEffect> effects)
    {
        if (Find(commit.InstanceId) is not { } entry || entry.State.ExecutionId != commit.ExecutionId || entry.State.HasEnded)
        {
            return;
        }

        entry.Consume(commit.Consumed);
        foreach (var happened in commit.Events)
        {
            var before = entry.State;
            entry.State = before.Apply(happened);
            entry.History.Add(happened);
            Spread(entry, before, happened, effects);
        }

        // What has come in meanwhile is the next episode's: it goes to the end of the queue, so that a busy instance doesn't keep the
        // others waiting. It is not begun before this one is durable.
        entry.IsQueued = entry.Inbox.Count > 0;
        if (entry.IsQueued)
        {
            effects.Add(new HubEffect.Ready(entry));
        }

        effects.Add(new HubEffect.Changed(commit.InstanceId));
    }

    /// <summary>What an event of one instance means for timers, activities and other instances.</summary>
    private void Spread(InstanceEntry entry, InstanceState before, HistoryEvent happened, List<HubEffect> effects)
    {
        var (id, execution) = (before.InstanceId, before.ExecutionId);
        switch (happened)
        {
            case HistoryEvent.ActivityScheduled call:
                effects.Add(new HubEffect.Run(ActivityWork.Of(before, call)));
                break;
            case HistoryEvent.TimerCreated timer:
                effects.Add(new HubEffect.Arm(new WaitingTimer(timer.FireAt, id, execution, timer.TaskId)));
                break;
            case HistoryEvent.ChildScheduled child:
                StartChild(before, child, effects);
                break;
            case HistoryEvent.EventSent sent:
                var received = new HistoryEvent.EventReceived(sent.Name, sent.Payload) { Timestamp = sent.Timestamp };
                Deliver(sent.InstanceId, null, received, effects);
                break;
            case HistoryEvent.Terminated { Recursive: true } terminated:
                foreach (var child in before.OpenTasks.Values.OfType<OpenTask.Child>())
                {
                    Deliver(child.InstanceId, null, terminated, effects);
                }

                break;
            case HistoryEvent.ExecutionEnded end:
                Disarm(before, effects);
                entry.ClearInbox();
                Answer(before, ChildAnswer.Of(before, end), effects);
                break;
            case HistoryEvent.ContinuedAsNew again:
                Disarm(before, effects);
                entry.StartOver(again);
                break;
        }
    }

    private void StartChild(InstanceState parent, HistoryEvent.ChildScheduled child, List<HubEffect> effects)
    {
        if (Find(child.InstanceId) is { State.HasEnded: false })
        {
            Deliver(parent.InstanceId, parent.ExecutionId, ChildAnswer.AlreadyExists(child), effects);
            return;
        }

        var call = new ParentCall(parent.Started.Name, parent.InstanceId, parent.ExecutionId, child.TaskId);
        var started = new HistoryEvent.ExecutionStarted(
            child.Name, child.ExecutionId, child.Input, child.Version, call, child.Tags, StartAt: null)
        { Timestamp = child.Timestamp };
        Start(child.InstanceId, started, effects);
    }

    private void Answer(InstanceState child, HistoryEvent answer, List<HubEffect> effects)
    {
        if (child.Started.Parent is { } parent)
        {
            Deliver(parent.InstanceId, parent.ExecutionId, answer, effects);
        }
    }

    private static void Disarm(InstanceState state, List<HubEffect> effects)
    {
        foreach (var (taskId, task) in state.OpenTasks)
        {
            if (task is OpenTask.Timer timer)
            {
                effects.Add(new HubEffect.Disarm(new WaitingTimer(timer.FireAt, state.InstanceId, state.ExecutionId, taskId)));
            }
        }

        if (!state.HasBegun && state.Started.StartAt is { } startAt)
        {
            effects.Add(new HubEffect.Disarm(new WaitingTimer(startAt, state.InstanceId, state.ExecutionId, WaitingTimer.StartTaskId)));
        }
    }
}
