using EventFunctions.EventSourcing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Projections.Rebuild.Steps;

/// <summary>Tries the streams again that a generation could not follow.</summary>
/// <param name="projections">The projections.</param>
/// <param name="repair">Does it.</param>
public sealed class MendGeneration(ProjectionSet projections, GenerationRepair repair)
{
    /// <summary>Tries them, and returns what still fails.</summary>
    [Function(nameof(MendGeneration))]
    public Task<ProjectionGenerations> RunAsync([ActivityTrigger] GenerationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return repair.RunAsync(projections.Get(request.Projection), request.Generation, cancellationToken);
    }
}
