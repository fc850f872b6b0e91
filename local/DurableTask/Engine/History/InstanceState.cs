using System.Collections.Immutable;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask;

/// <summary>Where an instance stands: the sum of its history events.</summary>
public sealed record InstanceState
{
    /// <summary>The instance's id.</summary>
    public required string InstanceId { get; init; }

    /// <summary>What the current execution was started with.</summary>
    public required HistoryEvent.ExecutionStarted Started { get; init; }

    /// <summary>When the instance was scheduled; continuing as new does not change it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something last happened to it.</summary>
    public required DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>Whether its code has run.</summary>
    public bool HasBegun { get; init; }

    /// <summary>Whether it is suspended.</summary>
    public bool IsSuspended { get; init; }

    /// <summary>How it ended; <see langword="null"/> while it has not.</summary>
    public HistoryEvent.ExecutionEnded? End { get; init; }

    /// <summary>The serialized custom status.</summary>
    public string? CustomStatus { get; init; }

    /// <summary>What was called and has not answered, by the call's id. A cancelled timer stays until it fires.</summary>
    public ImmutableDictionary<int, OpenTask> OpenTasks { get; init; } = ImmutableDictionary<int, OpenTask>.Empty;

    /// <summary>The current execution.</summary>
    public string ExecutionId => Started.ExecutionId;

    /// <summary>Whether the instance has ended.</summary>
    public bool HasEnded => End is not null;

    /// <summary>The status queries report.</summary>
    public OrchestrationRuntimeStatus Status => this switch
    {
        { End: { } end } => end.Status,
        { IsSuspended: true } => OrchestrationRuntimeStatus.Suspended,
        { HasBegun: true } => OrchestrationRuntimeStatus.Running,
        _ => OrchestrationRuntimeStatus.Pending,
    };

    /// <summary>An instance that was scheduled and has not begun.</summary>
    public static InstanceState Scheduled(string instanceId, HistoryEvent.ExecutionStarted started)
    {
        ArgumentNullException.ThrowIfNull(started);
        return new InstanceState
        {
            InstanceId = instanceId,
            Started = started,
            CreatedAt = started.Timestamp,
            LastUpdatedAt = started.Timestamp,
        };
    }

    /// <summary>The state after an event.</summary>
    public InstanceState Apply(HistoryEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var next = happened switch
        {
            HistoryEvent.ExecutionStarted started => this with { Started = started, HasBegun = true },
            HistoryEvent.ActivityScheduled task => Open(task.TaskId, new OpenTask.Activity(task)),
            HistoryEvent.ChildScheduled task => Open(task.TaskId, new OpenTask.Child(task.InstanceId)),
            HistoryEvent.TimerCreated timer => Open(timer.TaskId, new OpenTask.Timer(timer.FireAt)),
            HistoryEvent.TaskCompleted task => Close(task.TaskId),
            HistoryEvent.TaskFailed task => Close(task.TaskId),
            HistoryEvent.TimerFired timer => Close(timer.TaskId),
            HistoryEvent.CustomStatusChanged changed => this with { CustomStatus = changed.Status },
            HistoryEvent.Suspended => this with { IsSuspended = true },
            HistoryEvent.Resumed => this with { IsSuspended = false },
            HistoryEvent.ExecutionEnded end => this with
            {
                End = end,
                IsSuspended = false,
                OpenTasks = ImmutableDictionary<int, OpenTask>.Empty,
            },
            HistoryEvent.ContinuedAsNew again => this with
            {
                Started = again.Next,
                OpenTasks = ImmutableDictionary<int, OpenTask>.Empty,
            },
            HistoryEvent.EpisodeStarted or HistoryEvent.EventSent or HistoryEvent.EventReceived
                or HistoryEvent.Terminated or HistoryEvent.Faulted or HistoryEvent.Rewound => this,
            _ => throw new InvalidOperationException($"No transition is defined for {happened.GetType().Name}."),
        };
        return next with { LastUpdatedAt = happened.Timestamp > LastUpdatedAt ? happened.Timestamp : LastUpdatedAt };
    }

    private InstanceState Open(int taskId, OpenTask task) => this with { OpenTasks = OpenTasks.SetItem(taskId, task) };

    private InstanceState Close(int taskId) => this with { OpenTasks = OpenTasks.Remove(taskId) };
}

/// <summary>Something an execution waits for.</summary>
public abstract record OpenTask
{
    private OpenTask()
    {
    }

    /// <summary>An activity that has not answered.</summary>
    public sealed record Activity(HistoryEvent.ActivityScheduled Call) : OpenTask;

    /// <summary>A sub-orchestration that has not ended.</summary>
    public sealed record Child(string InstanceId) : OpenTask;

    /// <summary>A timer that has not fired.</summary>
    public sealed record Timer(DateTimeOffset FireAt) : OpenTask;
}
