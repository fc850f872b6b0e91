using System.Collections.Immutable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask;

/// <summary>One fact in the history of an execution. What the code decided carries the id its decision took; results refer to that id.</summary>
public abstract record HistoryEvent
{
    private HistoryEvent()
    {
    }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The code was run; until the next such event the orchestration's clock shows this event's time.</summary>
    public sealed record EpisodeStarted : HistoryEvent;

    /// <summary>The execution began.</summary>
    /// <param name="Name">The orchestrator's name.</param>
    /// <param name="ExecutionId">Tells this execution from earlier and later ones of the same instance id.</param>
    /// <param name="Input">The serialized input.</param>
    /// <param name="Version">The version it was started with; empty for none.</param>
    /// <param name="Parent">The call it answers, if it is a sub-orchestration.</param>
    /// <param name="Tags">Labels.</param>
    /// <param name="StartAt">Before this moment it does not begin.</param>
    public sealed record ExecutionStarted(
        string Name,
        string ExecutionId,
        string? Input,
        string Version,
        ParentCall? Parent,
        ImmutableDictionary<string, string> Tags,
        DateTimeOffset? StartAt) : HistoryEvent;

    /// <summary>The code called an activity.</summary>
    public sealed record ActivityScheduled(int TaskId, string Name, string? Input, string Version) : HistoryEvent;

    /// <summary>The code called a sub-orchestration.</summary>
    public sealed record ChildScheduled(
        int TaskId,
        string Name,
        string InstanceId,
        string ExecutionId,
        string? Input,
        string Version,
        ImmutableDictionary<string, string> Tags) : HistoryEvent;

    /// <summary>An activity or sub-orchestration returned.</summary>
    public sealed record TaskCompleted(int TaskId, string? Result) : HistoryEvent;

    /// <summary>An activity or sub-orchestration failed.</summary>
    public sealed record TaskFailed(int TaskId, TaskFailureDetails Failure) : HistoryEvent;

    /// <summary>The code created a timer.</summary>
    public sealed record TimerCreated(int TaskId, DateTimeOffset FireAt) : HistoryEvent;

    /// <summary>A timer fired.</summary>
    public sealed record TimerFired(int TaskId) : HistoryEvent;

    /// <summary>The code sent an event to an instance.</summary>
    public sealed record EventSent(int TaskId, string InstanceId, string Name, string? Payload) : HistoryEvent;

    /// <summary>An external event reached the execution.</summary>
    public sealed record EventReceived(string Name, string? Payload) : HistoryEvent;

    /// <summary>The code set the custom status.</summary>
    public sealed record CustomStatusChanged(string? Status) : HistoryEvent;

    /// <summary>Processing was suspended.</summary>
    public sealed record Suspended(string? Reason) : HistoryEvent;

    /// <summary>Processing was resumed.</summary>
    public sealed record Resumed(string? Reason) : HistoryEvent;

    /// <summary>Termination was asked for.</summary>
    public sealed record Terminated(string? Output, bool Recursive) : HistoryEvent;

    /// <summary>The execution can't go on for a reason outside its own course, e.g. an await of something that isn't durable.</summary>
    public sealed record Faulted(TaskFailureDetails Failure) : HistoryEvent;

    /// <summary>The execution had failed and was taken back to before its failure; what failed is done again.</summary>
    public sealed record Rewound(string? Reason) : HistoryEvent;

    /// <summary>The execution is over.</summary>
    public sealed record ExecutionEnded(OrchestrationRuntimeStatus Status, string? Output, TaskFailureDetails? Failure) : HistoryEvent;

    /// <summary>The execution starts over: its history ends, and the next one begins with what is carried over.</summary>
    public sealed record ContinuedAsNew(ExecutionStarted Next, ImmutableArray<EventReceived> Carried) : HistoryEvent;
}

/// <summary>The call a sub-orchestration answers.</summary>
/// <param name="Name">The parent orchestrator's name.</param>
/// <param name="InstanceId">The parent's instance id.</param>
/// <param name="ExecutionId">The parent's execution; a later one does not wait for the answer.</param>
/// <param name="TaskId">The id of the call.</param>
public sealed record ParentCall(string Name, string InstanceId, string ExecutionId, int TaskId);
