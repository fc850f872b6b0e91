using System.Collections.Concurrent;

namespace EventFunctions.EventSourcing;

/// <summary>What this instance of the app has seen of each projection, in memory. Safe for concurrent use.</summary>
/// <param name="timeProvider">The clock.</param>
public sealed class ProjectionActivity(TimeProvider timeProvider)
{
    private readonly ConcurrentDictionary<string, ProjectionProgress> _progress = new(StringComparer.Ordinal);

    /// <summary>An event was handled.</summary>
    public void Handled(string projection, EventEnvelope envelope) => _progress.AddOrUpdate(
        projection,
        static (_, a) => ProjectionProgress.None.Handled(a.envelope, a.now),
        static (_, seen, a) => seen.Handled(a.envelope, a.now),
        (envelope, now: timeProvider.GetUtcNow()));

    /// <summary>An event could not be handled, and not because of the event.</summary>
    public void Failed(string projection, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var error = exception.Message[..Math.Min(exception.Message.Length, StalledStream.MaxErrorLength)];
        _progress.AddOrUpdate(
            projection,
            static (_, a) => ProjectionProgress.None.Failed(a.error, a.now),
            static (_, seen, a) => seen.Failed(a.error, a.now),
            (error, now: timeProvider.GetUtcNow()));
    }

    /// <summary>What was seen of a projection since this instance started.</summary>
    public ProjectionProgress Of(string projection) => _progress.GetValueOrDefault(projection) ?? ProjectionProgress.None;
}
