using System.Diagnostics;

namespace EventFunctions.Enrichment;

/// <summary>The activities of this app's own work, by which a business transaction can be followed through all of its parts.</summary>
public static class EventActivities
{
    /// <summary>The name that listeners subscribe to.</summary>
    public const string SourceName = "EventFunctions";

    /// <summary>The baggage item with the correlation id, for whatever is called meanwhile.</summary>
    public const string CorrelationKey = "correlation-id";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Starts an activity, which is the current one until it is disposed of.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="kind">On whose behalf.</param>
    /// <param name="correlationId">The business transaction.</param>
    /// <param name="traceParent">The W3C trace context that it continues; the current activity's where this is none.</param>
    /// <param name="traceState">Goes with <paramref name="traceParent"/>.</param>
    public static Activity Start(string name, ActivityKind kind, string? correlationId, string? traceParent, string? traceState = null)
    {
        var activity = ActivityContext.TryParse(traceParent, traceState, isRemote: true, out var parent)
            ? Source.StartActivity(name, kind, parent) ?? StartUnobserved(name, parent)
            : Source.StartActivity(name, kind) ?? new Activity(name).SetIdFormat(ActivityIdFormat.W3C).Start();
        return correlationId is null ? activity : activity.SetTag(CorrelationKey, correlationId).AddBaggage(CorrelationKey, correlationId);
    }

    /// <summary>Records what has been done already, where somebody listens; it is the current activity at no time.</summary>
    /// <param name="name">What was done.</param>
    /// <param name="kind">On whose behalf.</param>
    /// <param name="trace">The business transaction and the trace that it belongs to.</param>
    /// <param name="began">When it began.</param>
    /// <param name="ended">When it ended.</param>
    /// <param name="tags">What else is known.</param>
    public static void Record(
        string name, ActivityKind kind, EventTrace trace, DateTimeOffset began, DateTimeOffset ended, IEnumerable<KeyValuePair<string, object?>> tags)
    {
        ArgumentNullException.ThrowIfNull(trace);
        if (!Source.HasListeners())
        {
            return;
        }

        var parent = ActivityContext.TryParse(trace.TraceParent, trace.TraceState, isRemote: true, out var known) ? known : default;
        using var activity = Source.StartActivity(name, kind, parent, tags, startTime: began);
        activity?.SetTag(CorrelationKey, trace.CorrelationId).SetEndTime(ended.UtcDateTime);
    }

    /// <summary>The correlation id of what is being done, where it is known.</summary>
    public static string? CurrentCorrelationId => Activity.Current?.GetBaggageItem(CorrelationKey);

    /// <summary>Nobody listens; the trace context is needed all the same, for it travels on with events and calls.</summary>
    private static Activity StartUnobserved(string name, ActivityContext parent)
    {
        var activity = new Activity(name).SetIdFormat(ActivityIdFormat.W3C).SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags);
        activity.TraceStateString = parent.TraceState;
        return activity.Start();
    }
}

/// <summary>The trace that an event belongs to.</summary>
/// <param name="CorrelationId">The business transaction, where it is known.</param>
/// <param name="TraceParent">W3C trace context, where there is one.</param>
/// <param name="TraceState">Goes with <paramref name="TraceParent"/>.</param>
public sealed record EventTrace(string? CorrelationId, string? TraceParent, string? TraceState = null);
