namespace EventFunctions.Local.DurableTask;

/// <summary>
/// What has to be lined up again for instances that were read from a log: the effects that the process before had let loose, or
/// would have. An activity whose answer is recorded is not run again; any other may have run, and runs.
/// </summary>
internal static class Backlog
{
    /// <summary>Marks the instances that have work as queued, and tells what there is to do.</summary>
    public static IEnumerable<HubEffect> LineUp(HubTables tables) => tables.All.Where(entry => !entry.State.HasEnded).SelectMany(LineUp);

    private static IEnumerable<HubEffect> LineUp(InstanceEntry entry)
    {
        var state = entry.State;
        entry.IsQueued = entry.Inbox.Count > 0;
        if (entry.IsQueued)
        {
            yield return new HubEffect.Ready(entry);
        }

        if (!state.HasBegun && state.Started.StartAt is { } startAt)
        {
            yield return new HubEffect.Arm(new WaitingTimer(startAt, state.InstanceId, state.ExecutionId, WaitingTimer.StartTaskId));
        }

        if (state.OpenTasks.IsEmpty)
        {
            yield break;
        }

        var answered = entry.Inbox.Where(m => m.ExecutionId == state.ExecutionId).Select(m => AnsweredTask(m.Event)).ToHashSet();
        foreach (var (taskId, task) in state.OpenTasks.Where(open => !answered.Contains(open.Key)).OrderBy(open => open.Key))
        {
            switch (task)
            {
                case OpenTask.Activity(var call):
                    yield return new HubEffect.Run(ActivityWork.Of(state, call));
                    break;
                case OpenTask.Timer(var fireAt):
                    yield return new HubEffect.Arm(new WaitingTimer(fireAt, state.InstanceId, state.ExecutionId, taskId));
                    break;
            }
        }
    }

    private static int? AnsweredTask(HistoryEvent happened) => happened switch
    {
        HistoryEvent.TaskCompleted task => task.TaskId,
        HistoryEvent.TaskFailed task => task.TaskId,
        HistoryEvent.TimerFired timer => timer.TaskId,
        _ => null,
    };
}
