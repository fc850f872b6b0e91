namespace EventFunctions.EventSourcing;

/// <summary>
/// Keeps the progress of all instances of the app together, one small view for each projection: what instances have seen is
/// merged into it, so none of them leaves anything behind when it goes.
/// </summary>
/// <param name="views">Keeps it.</param>
public sealed class ProjectionProgressLog(IViewStore views)
{
    /// <summary>The partition and the kind of the views.</summary>
    public const string Kind = "projection-progress";

    private const int MaxAttempts = 10;

    /// <summary>The progress that is kept of a projection.</summary>
    public async Task<ProjectionProgress> ReadAsync(string projection, CancellationToken cancellationToken = default) =>
        (await views.FindAsync<ProjectionProgress>(new ViewKey(Kind, projection), cancellationToken))?.Current.View ?? ProjectionProgress.None;

    /// <summary>Adds what an instance has seen. What is older than what is kept changes nothing and writes nothing.</summary>
    /// <exception cref="ProjectionProgressContendedException">Other instances won every attempt; what was seen is to be added later.</exception>
    public async Task MergeAsync(string projection, ProjectionProgress seen, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var key = new ViewKey(Kind, projection);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var kept = await views.FindAsync<ProjectionProgress>(key, cancellationToken);
            var merged = (kept?.Current.View ?? ProjectionProgress.None).Merge(seen);
            if (merged == kept?.Current.View)
            {
                return;
            }

            var time = merged.Position?.Time ?? merged.HandledAt ?? merged.Failure?.At ?? DateTimeOffset.UnixEpoch;
            var view = new VersionedView<ProjectionProgress>(merged, (kept?.Current.Version ?? 0) + 1, kept?.Current.Since ?? time, time);
            if (await views.SaveAsync(key, Kind, view, kept?.ETag, cancellationToken) is not null)
            {
                return;
            }
        }

        throw new ProjectionProgressContendedException(projection, MaxAttempts);
    }
}

/// <summary>Other instances changed the progress that is kept of a projection in every attempt to add to it.</summary>
/// <param name="projection">The projection's name.</param>
/// <param name="attempts">How many attempts were made.</param>
public sealed class ProjectionProgressContendedException(string projection, int attempts)
    : Exception($"The progress of the projection '{projection}' was changed by others in each of {attempts} attempts to add to it.");
