using EventFunctions.EventSourcing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Projections.Rebuild.Steps;

/// <summary>Takes a generation forward along one range of the feed. Only projections are replayed: they write views and do nothing else.</summary>
/// <param name="projections">The projections.</param>
/// <param name="replay">Reads and applies.</param>
public sealed class ReplayFeedRange(ProjectionSet projections, RangeReplay replay)
{
    /// <summary>Applies the next events of the range.</summary>
    [Function(nameof(ReplayFeedRange))]
    public Task<RangeStep> RunAsync([ActivityTrigger] ReplayRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return replay.RunAsync(
            projections.Get(request.Projection), request.Generation, request.Range, request.Continuation, request.MaxEvents, cancellationToken);
    }
}
