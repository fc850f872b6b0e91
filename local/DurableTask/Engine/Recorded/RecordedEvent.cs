using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>One event of a history that was exported, as far as a replay needs it.</summary>
public abstract record RecordedEvent
{
    private RecordedEvent()
    {
    }

    /// <summary>Its place among the exported events, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The code was run. Status queries leave it out.</summary>
    public sealed record EpisodeBegan : RecordedEvent;

    /// <summary>The execution began.</summary>
    /// <param name="Name">The orchestrator.</param>
    /// <param name="Input">The serialized input.</param>
    /// <param name="Version">The version it was started with; status queries leave it out.</param>
    public sealed record Began(string Name, string? Input, string? Version) : RecordedEvent;

    /// <summary>The code decided something: called, created a timer, sent an event. Status queries leave calls out that were answered.</summary>
    /// <param name="Decision">What.</param>
    public sealed record Decided(RecordedDecision Decision) : RecordedEvent;

    /// <summary>A call returned or failed.</summary>
    /// <param name="Decision">The call.</param>
    /// <param name="Result">The serialized result.</param>
    /// <param name="Failure">Why it failed, if it did.</param>
    public sealed record Answered(RecordedDecision Decision, string? Result, TaskFailureDetails? Failure) : RecordedEvent;

    /// <summary>A timer fired.</summary>
    /// <param name="Decision">The timer.</param>
    public sealed record TimerFired(RecordedDecision Decision) : RecordedEvent;

    /// <summary>An external event reached the execution.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Payload">What it carries, serialized.</param>
    public sealed record Raised(string Name, string? Payload) : RecordedEvent;

    /// <summary>The execution ended.</summary>
    /// <param name="Status">How: <c>Completed</c>, <c>Failed</c>, <c>Terminated</c> or <c>ContinuedAsNew</c>.</param>
    public sealed record Ended(string Status) : RecordedEvent;

    /// <summary>
    /// The execution was taken back to before its failure. What had failed is not in the history any more: the framework takes out both the
    /// call and its failure, so the call that was made again stands behind what was decided later.
    /// </summary>
    public sealed record Rewound : RecordedEvent;

    /// <summary>Something that the code does not notice.</summary>
    public sealed record Aside : RecordedEvent;
}

/// <summary>Something the code decided, as its history tells of it.</summary>
/// <param name="kind">What kind of decision; one of <see cref="DecisionKinds"/>.</param>
/// <param name="name">What was called or sent; timers have none.</param>
/// <param name="at">When.</param>
public sealed class RecordedDecision(string kind, string? name, DateTimeOffset at)
{
    /// <summary>What kind of decision it is.</summary>
    public string Kind { get; } = kind;

    /// <summary>What was called or sent; timers have none.</summary>
    public string? Name { get; } = name;

    /// <summary>When it was decided.</summary>
    public DateTimeOffset At { get; } = at;

    /// <summary>The place of the first event that tells of it.</summary>
    public required int Position { get; init; }

    /// <summary>The id it took in its execution; status queries leave it out.</summary>
    public int? Id { get; init; }

    /// <summary>The serialized input, if it was exported.</summary>
    public string? Input { get; init; }

    /// <summary>When a timer is to fire.</summary>
    public DateTimeOffset? FireAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name is null ? Kind : $"{Kind} '{Name}'";
}

/// <summary>The kinds of decisions, as messages call them.</summary>
public static class DecisionKinds
{
    /// <summary>A call of an activity.</summary>
    public const string Activity = "activity";

    /// <summary>A call of a sub-orchestration.</summary>
    public const string Child = "sub-orchestration";

    /// <summary>A timer.</summary>
    public const string Timer = "timer";

    /// <summary>An event that is sent to another instance.</summary>
    public const string Event = "event to an instance";
}
