using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask;

/// <summary>Takes failed instances back to before their failure.</summary>
internal sealed partial class HubTables
{
    private void Rewind(string instanceId, HistoryEvent.Rewound rewound, List<HubEffect> effects)
    {
        if (Find(instanceId) is not { State.Status: OrchestrationRuntimeStatus.Failed } failed)
        {
            return;
        }

        var rewinding = Rewinding.Of(failed.History);
        var entry = new InstanceEntry(StateAfter(failed.State, rewinding, rewound)) { IsQueued = true };
        entry.History.AddRange(rewinding.Kept);
        entry.Put(entry.State.ExecutionId, rewound);
        foreach (var again in rewinding.Again)
        {
            entry.Put(again is HistoryEvent.EventReceived ? null : entry.State.ExecutionId, again);
        }

        _instances[instanceId] = entry;
        var answered = rewinding.Again.Select(TaskIdOfAnswer).OfType<int>().ToHashSet();
        foreach (var (taskId, task) in entry.State.OpenTasks.Where(open => !answered.Contains(open.Key)).OrderBy(open => open.Key))
        {
            Reopen(entry, taskId, task, rewound, effects);
        }

        effects.Add(new HubEffect.Ready(entry));
        effects.Add(new HubEffect.Changed(instanceId));
    }

    /// <summary>The execution keeps its id: its children that still run answer to it.</summary>
    private static InstanceState StateAfter(InstanceState failed, Rewinding rewinding, HistoryEvent.Rewound rewound)
    {
        var before = new InstanceState
        {
            InstanceId = failed.InstanceId,
            Started = failed.Started,
            CreatedAt = failed.CreatedAt,
            LastUpdatedAt = failed.LastUpdatedAt,
        };
        return rewinding.Kept.Append(rewound).Aggregate(before, (state, happened) => state.Apply(happened)) with
        {
            CustomStatus = failed.CustomStatus,
            IsSuspended = false,
        };
    }

    private void Reopen(InstanceEntry parent, int taskId, OpenTask task, HistoryEvent.Rewound rewound, List<HubEffect> effects)
    {
        var (id, execution) = (parent.State.InstanceId, parent.State.ExecutionId);
        switch (task)
        {
            case OpenTask.Activity activity:
                var call = activity.Call;
                effects.Add(new HubEffect.Run(new ActivityWork(execution, new ActivityInvocation(call.Name, id, call.TaskId, call.Input))));
                break;
            case OpenTask.Timer timer:
                effects.Add(new HubEffect.Arm(new WaitingTimer(timer.FireAt, id, execution, taskId)));
                break;
            case OpenTask.Child child:
                ReopenChild(parent, taskId, child, rewound, effects);
                break;
        }
    }

    /// <summary>A child that failed is rewound; one that ended otherwise meanwhile answers again; one that is gone starts anew.</summary>
    private void ReopenChild(InstanceEntry parent, int taskId, OpenTask.Child child, HistoryEvent.Rewound rewound, List<HubEffect> effects)
    {
        var entry = Find(child.InstanceId);
        if (entry is null || !IsChild(entry.State, parent.State, taskId) || entry.State.Status == OrchestrationRuntimeStatus.Terminated)
        {
            var call = parent.History.OfType<HistoryEvent.ChildScheduled>().First(scheduled => scheduled.TaskId == taskId);
            var executionId = $"{call.ExecutionId}.{rewound.Timestamp.UtcTicks}";
            StartChild(parent.State, call with { Timestamp = rewound.Timestamp, ExecutionId = executionId }, effects);
        }
        else if (entry.State.Status == OrchestrationRuntimeStatus.Failed)
        {
            Rewind(child.InstanceId, rewound, effects);
        }
        else if (entry.State.End is { } end)
        {
            Answer(entry.State, ChildAnswer.Of(entry.State, end), effects);
        }
    }

    private static bool IsChild(InstanceState child, InstanceState parent, int taskId) =>
        child.Started.Parent is { } call && call.TaskId == taskId && call.InstanceId == parent.InstanceId && call.ExecutionId == parent.ExecutionId;

    private static int? TaskIdOfAnswer(HistoryEvent happened) => happened switch
    {
        HistoryEvent.TaskCompleted task => task.TaskId,
        HistoryEvent.TimerFired timer => timer.TaskId,
        _ => null,
    };
}
