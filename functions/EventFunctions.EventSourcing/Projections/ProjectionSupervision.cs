namespace EventFunctions.EventSourcing;

/// <summary>What surrounds the handler of a projection that readers see: stalled streams are recorded, and its activity is noted.</summary>
/// <param name="stalled">Gets the streams that stall.</param>
/// <param name="activity">Gets what is handled and what fails.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ProjectionSupervision(IStalledStreams stalled, ProjectionActivity activity, TimeProvider timeProvider)
{
    /// <summary>The handler with everything that surrounds it.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="handler">Applies the events.</param>
    public IEventHandler Supervise(string projection, IEventHandler handler) =>
        new ObservedHandler(projection, new StallingHandler(projection, handler, stalled, timeProvider), activity);
}
