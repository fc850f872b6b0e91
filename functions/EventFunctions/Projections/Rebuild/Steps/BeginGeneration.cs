using EventFunctions.EventSourcing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Projections.Rebuild.Steps;

/// <summary>Announces a new generation, and finds what there is to read.</summary>
/// <param name="register">Keeps the generations.</param>
/// <param name="feed">Has the ranges.</param>
public sealed class BeginGeneration(GenerationRegister register, IEventFeed feed)
{
    /// <summary>Begins the generation, unless it has begun before.</summary>
    [Function(nameof(BeginGeneration))]
    public async Task<RebuildPlan> RunAsync([ActivityTrigger] GenerationRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var ranges = await feed.ListRangesAsync(cancellationToken);
        var generations = await register.ChangeAsync(request.Projection, g => g.Begin(request.Generation), cancellationToken);
        return generations.Building == request.Generation
            ? new RebuildPlan(generations.Serving, ranges)
            : throw new RebuildSupersededException(request.Projection, request.Generation);
    }
}

/// <summary>A generation is not what its rebuild left it as: another rebuild has taken its place, and this one can only be cancelled.</summary>
/// <param name="projection">The projection's name.</param>
/// <param name="generation">The generation.</param>
public sealed class RebuildSupersededException(string projection, int generation)
    : Exception($"Generation {generation} of projection '{projection}' was taken over by another rebuild; cancel this one.");
