using System.Collections.Immutable;
using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

internal sealed partial class LocalOrchestrationContext
{
    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        CheckThread();
        CheckCall(name, input, options);
        return options?.Retry is { } retry
            ? RetryLoop.RunAsync(this, retry, () => ScheduleActivity<TResult>(name, input, options))
            : ScheduleActivity<TResult>(name, input, options);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        CheckThread();
        CheckCall(orchestratorName, input, options);
        var childId = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        InstanceIds.Check(childId);
        return options?.Retry is { } retry
            ? RetryLoop.RunAsync(this, retry, () => ScheduleChild<TResult>(orchestratorName, childId, input, options))
            : ScheduleChild<TResult>(orchestratorName, childId, input, options);
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        CheckThread();
        var end = fireAt.ToUniversalTime();
        return end - CurrentUtcDateTime > services.MaximumTimerInterval
            ? CreateLongTimerAsync(end, cancellationToken)
            : CreateOneTimer(end, cancellationToken);
    }

    /// <summary>A long timer is several, one after the other: so it is in the histories of the service.</summary>
    private async Task CreateLongTimerAsync(DateTime end, CancellationToken cancellationToken)
    {
        while (end - CurrentUtcDateTime > services.MaximumTimerInterval)
        {
            await CreateOneTimer(CurrentUtcDateTime.Add(services.MaximumTimerInterval), cancellationToken);
        }

        await CreateOneTimer(end, cancellationToken);
    }

    private Task CreateOneTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellationToken);
        }

        var taskId = run.TakeTaskId();
        var timer = new PendingTimer();
        run.Decide(taskId, new HistoryEvent.TimerCreated(taskId, new DateTimeOffset(fireAt)) { Timestamp = run.Now }, timer);
        timer.Token = run.Tokens.Add(
            token =>
            {
                // Whoever cancels on another thread must not be met by an exception: it is not the one that broke the rules.
                if (!thread.IsCurrent)
                {
                    thread.ReportIntruder();
                }
                else if (run.Withdraw(taskId))
                {
                    timer.Cancel(token);
                }
            },
            cancellationToken);
        return timer.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        CheckThread();
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return run.Events.WaitAsync<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        CheckThread();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var taskId = run.TakeTaskId();
        run.Decide(taskId, new HistoryEvent.EventSent(taskId, instanceId, eventName, Serialize(payload)) { Timestamp = run.Now }, task: null);
    }

    private Task<T> ScheduleActivity<T>(TaskName name, object? input, TaskOptions? options)
    {
        var taskId = run.TakeTaskId();
        var call = new PendingCall<T>(name, taskId, services.Converter);
        var version = options?.Version?.Version ?? Version;
        run.Decide(taskId, new HistoryEvent.ActivityScheduled(taskId, name, Serialize(input), version) { Timestamp = run.Now }, call);
        return call.Task;
    }

    private Task<T> ScheduleChild<T>(TaskName name, string childId, object? input, TaskOptions? options)
    {
        var taskId = run.TakeTaskId();
        var call = new PendingCall<T>(name, taskId, services.Converter);
        var decision = new HistoryEvent.ChildScheduled(
            taskId,
            name,
            childId,
            IsReplaying ? string.Empty : Guid.NewGuid().ToString("N"),
            Serialize(input),
            options?.Version?.Version ?? services.DefaultVersion,
            options?.Tags?.ToImmutableDictionary() ?? ImmutableDictionary<string, string>.Empty)
        { Timestamp = run.Now };
        run.Decide(taskId, decision, call);
        return call.Task;
    }

    private static void CheckCall(TaskName name, object? input, TaskOptions? options)
    {
        ArgumentException.ThrowIfNullOrEmpty(name.Name, nameof(name));
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException($"{nameof(TaskOptions)} were given as the input of '{name}'; pass them as the options.", nameof(input));
        }
    }
}
