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
