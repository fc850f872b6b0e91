using EventFunctions.EventSourcing;

namespace EventFunctions.Projections.Health;

/// <summary>How a projection is, as operators see it.</summary>
/// <param name="Name">The projection's name.</param>
/// <param name="State"><c>active</c>, <c>behind</c>, <c>failing</c> or <c>stalled</c>, see <see cref="ProjectionState"/>.</param>
/// <param name="Categories">The categories of the streams it reads.</param>
/// <param name="Position">The newest event it has handled; absent before the first.</param>
/// <param name="Lag">What waits.</param>
/// <param name="HandledAt">When it handled an event last, UTC.</param>
/// <param name="Failure">Its last failure that was not an event's own; past where <paramref name="HandledAt"/> is later.</param>
/// <param name="Stalled">The streams that wait for an event that cannot be applied.</param>
public sealed record ProjectionReport(
    string Name,
    string State,
    IReadOnlyList<string> Categories,
    ProjectionPosition? Position,
    ProjectionLag Lag,
    DateTimeOffset? HandledAt,
    ProjectionFailure? Failure,
    StalledReport Stalled)
{
    /// <summary>The report of a judgement.</summary>
    public static ProjectionReport Of(
        IProjectionDefinition definition, ProjectionProgress progress, ProjectionHealth health, StalledReport stalled)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(progress);
        ArgumentNullException.ThrowIfNull(health);
        return new ProjectionReport(
            definition.Name,
            WordOf(health.State),
            [.. definition.Categories.Order(StringComparer.Ordinal)],
            progress.Position,
            new ProjectionLag(health.LagEvents, Math.Round(health.Lag.TotalSeconds, 3)),
            progress.HandledAt,
            progress.Failure,
            stalled);
    }

    private static string WordOf(ProjectionState state) => state switch
    {
        ProjectionState.Active => "active",
        ProjectionState.Behind => "behind",
        ProjectionState.Failing => "failing",
        ProjectionState.Stalled => "stalled",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}

/// <summary>What of a projection's categories is newer than its position. Events of stalled streams are counted there.</summary>
/// <param name="Events">How many events.</param>
/// <param name="Seconds">The age of the oldest, in seconds; 0 if there is none.</param>
public sealed record ProjectionLag(long Events, double Seconds);

/// <summary>The stalled streams of a projection.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Streams">A page of them, what stalled first at the front.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record StalledReport(long Count, IReadOnlyList<StalledStreamReport> Streams, string? Continuation);

/// <summary>A stalled stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Version">The version of the first event that fails.</param>
/// <param name="Type">The event's type, where it could be read.</param>
/// <param name="EventId">The event's id, where it could be read.</param>
/// <param name="Error">Why it fails.</param>
/// <param name="FirstSeen">Since when the stream has stalled, UTC.</param>
/// <param name="LastSeen">When the event failed last, UTC.</param>
/// <param name="Attempts">How often the event failed.</param>
/// <param name="Waiting">How many events of the stream wait, the failing one included.</param>
public sealed record StalledStreamReport(
    string Stream,
    long Version,
    string? Type,
    Guid? EventId,
    string Error,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen,
    int Attempts,
    long Waiting)
{
    /// <summary>The report of a stall.</summary>
    /// <param name="stalled">The stall.</param>
    /// <param name="newest">The version of the stream's newest event.</param>
    public static StalledStreamReport Of(StalledStream stalled, long newest)
    {
        ArgumentNullException.ThrowIfNull(stalled);
        return new StalledStreamReport(
            stalled.Stream.Value,
            stalled.Event.Version,
            stalled.Event.Type,
            stalled.Event.EventId,
            stalled.Error,
            stalled.FirstSeen,
            stalled.LastSeen,
            stalled.Attempts,
            Math.Max(newest, stalled.Awaited) - stalled.Event.Version + 1);
    }
}
