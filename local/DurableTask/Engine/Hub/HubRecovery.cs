namespace EventFunctions.Local.DurableTask;

/// <summary>Makes a hub again from the records of its log.</summary>
internal static class HubRecovery
{
    /// <summary>Applies the records to empty tables.</summary>
    /// <returns>
    /// What the state they lead to still asks for: every instance that has not ended is looked at, every activity that has not answered
    /// runs (again), every timer that has not fired waits.
    /// </returns>
    public static List<HubEffect> Restore(HubTables tables, IEnumerable<HubRecord> records)
    {
        foreach (var record in records)
        {
            // What a record asked for in its time was done, or follows from the state at the end.
            tables.Apply(record);
        }

        var open = new List<HubEffect>();
        foreach (var entry in tables.All.Where(entry => !entry.State.HasEnded))
        {
            entry.IsQueued = true;
            open.Add(new HubEffect.Ready(entry));
            open.AddRange(OpenTasksOf(entry));
        }

        return open;
    }

    private static IEnumerable<HubEffect> OpenTasksOf(InstanceEntry entry)
    {
        var state = entry.State;
        if (!state.HasBegun && state.Started.StartAt is { } startAt)
        {
            yield return new HubEffect.Arm(new WaitingTimer(startAt, state.InstanceId, state.ExecutionId, WaitingTimer.StartTaskId));
        }

        var answered = entry.Inbox
            .Where(message => (message.ExecutionId ?? state.ExecutionId) == state.ExecutionId)
            .Select(message => AnsweredBy(message.Event))
            .ToHashSet();
        foreach (var (taskId, task) in state.OpenTasks.Where(open => !answered.Contains(open.Key)).OrderBy(open => open.Key))
        {
            if (task is OpenTask.Activity { Call: var call })
            {
                yield return new HubEffect.Run(
                    new ActivityWork(state.ExecutionId, new ActivityInvocation(call.Name, state.InstanceId, taskId, call.Input)));
            }
            else if (task is OpenTask.Timer timer)
            {
                yield return new HubEffect.Arm(new WaitingTimer(timer.FireAt, state.InstanceId, state.ExecutionId, taskId));
            }
        }
    }

    private static int? AnsweredBy(HistoryEvent happened) => happened switch
    {
        HistoryEvent.TaskCompleted task => task.TaskId,
        HistoryEvent.TaskFailed task => task.TaskId,
        HistoryEvent.TimerFired timer => timer.TaskId,
        _ => null,
    };
}
