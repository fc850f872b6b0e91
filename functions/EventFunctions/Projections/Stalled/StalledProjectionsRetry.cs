using EventFunctions.EventSourcing;

namespace EventFunctions.Projections.Stalled;

/// <summary>Retries a stream in every projection that has stalled at it.</summary>
/// <param name="projections">The projections.</param>
/// <param name="retry">Does it for one.</param>
public sealed class StalledProjectionsRetry(IEnumerable<IProjectionDefinition> projections, StalledStreamRetry retry)
{
    /// <summary>Retries the stream; a point read for each projection that has not stalled.</summary>
    /// <param name="name">The stream's name; where it is none, no projection reads it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What became of those that had stalled.</returns>
    public async Task<IReadOnlyList<ProjectionRetryReport>> RetryAsync(string name, CancellationToken cancellationToken)
    {
        var reports = new List<ProjectionRetryReport>();
        if (!StreamName.TryParse(name, out var stream))
        {
            return reports;
        }

        foreach (var projection in projections.Where(p => p.Categories.Contains(stream.Category)).Select(p => p.Name))
        {
            var result = await retry.RetryAsync(projection, stream, cancellationToken);
            if (result is not RetryResult.NotStalled)
            {
                reports.Add(new ProjectionRetryReport(projection, RetryReport.Of(stream, result)));
            }
        }

        return reports;
    }
}

/// <summary>What a retry of a stream came to in one projection.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Result">What became of it.</param>
public sealed record ProjectionRetryReport(string Projection, RetryReport Result);
