using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventFunctions.Enrichment;
using Microsoft.DurableTask;

namespace EventFunctions.Telemetry;

/// <summary>Counts how sagas end, and shows each as one span of the trace that it was started in.</summary>
/// <remarks>
/// An orchestrator is replayed, so only its last episode tells anything, and that may be run again after a crash: an end is counted
/// once or, seldom, twice. What a saga decides never depends on this.
/// </remarks>
public sealed class SagaTelemetry
{
    /// <summary>The state of a saga whose orchestrator threw.</summary>
    public const string Failed = "Failed";

    private readonly Counter<long> _ended;
    private readonly Histogram<double> _duration;

    /// <summary>Creates the instruments.</summary>
    /// <param name="factory">Owns the meter.</param>
    public SagaTelemetry(IMeterFactory factory)
    {
        var meter = AppMeter.Of(factory);
        _ended = meter.CreateCounter<long>("eventfunctions.sagas.ended", "{saga}", "Sagas that ended.");
        _duration = meter.CreateHistogram<double>("eventfunctions.saga.duration", "s", "From a saga's start to its end.");
    }

    /// <summary>Runs a saga and tells how it ended.</summary>
    /// <param name="context">The orchestration.</param>
    /// <param name="start">What started it.</param>
    /// <param name="run">The saga; it awaits nothing but durable tasks.</param>
    /// <param name="stateOf">The state it ended in; none where it has not ended, but begins anew.</param>
    public async Task<TResult> ObserveAsync<TResult>(
        TaskOrchestrationContext context, SagaStart start, Func<Task<TResult>> run, Func<TResult, string?> stateOf)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(stateOf);
        var began = context.CurrentUtcDateTime;
        TResult result;
        try
        {
            result = await run();
        }
        catch (Exception) when (!context.IsReplaying)
        {
            Tell(context, start, began, Failed);
            throw;
        }

        if (!context.IsReplaying && stateOf(result) is { } state)
        {
            Tell(context, start, began, state);
        }

        return result;
    }

    private void Tell(TaskOrchestrationContext context, SagaStart start, DateTime began, string state)
    {
        var tags = new TagList { { "saga", start.Saga }, { "state", state } };
        _ended.Add(1, tags);
        var now = context.CurrentUtcDateTime;
        _duration.Record((now - began).TotalSeconds, tags);
        EventActivities.Record(
            $"saga {start.Saga}",
            ActivityKind.Internal,
            new EventTrace(start.CorrelationId, start.TraceParent),
            new DateTimeOffset(began),
            new DateTimeOffset(now),
            [new("saga.instance_id", context.InstanceId), new("saga.state", state)]);
    }
}

/// <summary>What is known of a saga's start.</summary>
/// <param name="Saga">The orchestrator's name.</param>
/// <param name="CorrelationId">The business transaction, where there is one.</param>
/// <param name="TraceParent">W3C trace context of what started it, where there is one.</param>
public sealed record SagaStart(string Saga, string? CorrelationId = null, string? TraceParent = null);
