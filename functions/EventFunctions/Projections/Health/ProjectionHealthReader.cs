using EventFunctions.EventSourcing;
using EventFunctions.Projections.Stalled;

namespace EventFunctions.Projections.Health;

/// <summary>Observes a projection and judges how it is.</summary>
/// <param name="activity">What this instance has seen.</param>
/// <param name="log">What all instances have seen.</param>
/// <param name="backlog">Counts what waits.</param>
/// <param name="stalled">The stalled streams.</param>
/// <param name="limits">Where the states begin.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ProjectionHealthReader(
    ProjectionActivity activity,
    ProjectionProgressLog log,
    IEventBacklog backlog,
    StalledStreamReader stalled,
    ProjectionHealthLimits limits,
    TimeProvider timeProvider)
{
    /// <summary>How many stalled streams a report shows.</summary>
    public const int StalledShown = 10;

    /// <summary>The report of a projection: a point read, two queries over all streams where events wait, and the stalled streams.</summary>
    public async Task<ProjectionReport> ReadAsync(IProjectionDefinition projection, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(projection);
        var progress = (await log.ReadAsync(projection.Name, cancellationToken)).Merge(activity.Of(projection.Name));
        var waiting = backlog.CountAsync(projection.Categories, progress.Position?.Time, cancellationToken);
        var streams = stalled.ReadAsync(projection.Name, StalledShown, continuation: null, cancellationToken);
        await Task.WhenAll(waiting, streams);
        var observation = new ProjectionObservation(progress, await waiting, (await streams).Count);
        return ProjectionReport.Of(
            projection, progress, ProjectionHealth.Of(observation, limits, timeProvider.GetUtcNow()), await streams);
    }
}
