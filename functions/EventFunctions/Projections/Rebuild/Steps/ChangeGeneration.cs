using EventFunctions.EventSourcing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Projections.Rebuild.Steps;

/// <summary>Changes which generation serves and which are given up: one replace of one small item.</summary>
/// <param name="register">Keeps the generations.</param>
public sealed class ChangeGeneration(GenerationRegister register)
{
    /// <summary>Makes the change; where it was made before it is left as it is.</summary>
    /// <exception cref="RebuildSupersededException">The new generation was to serve, and is not the rebuild's any more.</exception>
    [Function(nameof(ChangeGeneration))]
    public async Task<ProjectionGenerations> RunAsync([ActivityTrigger] GenerationChange request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var after = await register.ChangeAsync(request.Projection, before => Apply(before, request), cancellationToken);
        return request.Change == GenerationChange.Switch && after.Serving != request.Generation
            ? throw new RebuildSupersededException(request.Projection, request.Generation)
            : after;
    }

    private static ProjectionGenerations Apply(ProjectionGenerations generations, GenerationChange request) => request.Change switch
    {
        GenerationChange.Switch => generations.Switch(request.Generation),
        GenerationChange.RollBack => generations.RollBack(request.Generation),
        GenerationChange.Finish => generations.Finish(request.Generation),
        GenerationChange.Abandon => generations.Abandon(request.Generation),
        _ => throw new ArgumentException($"'{request.Change}' is no change of a generation.", nameof(request)),
    };
}
