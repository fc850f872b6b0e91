using EventFunctions.EventSourcing;
using EventFunctions.Http;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Projections.Rebuild;

/// <summary>Finds the last rebuild of a projection.</summary>
/// <param name="projections">The projections.</param>
/// <param name="register">Keeps the generations.</param>
public sealed class RebuildReader(ProjectionSet projections, GenerationRegister register)
{
    /// <summary>The rebuild that is under way, or the last one that ended.</summary>
    /// <exception cref="ProblemException">404: there is no such projection, or no rebuild of it is known.</exception>
    public async Task<RebuildReport> ReadAsync(DurableTaskClient client, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ProjectionRoute.Projection(projections, name);
        var instance = await client.GetInstanceAsync(RebuildProjection.InstanceIdOf(name), getInputsAndOutputs: true, cancellationToken)
            ?? throw new ProblemException(RebuildProblems.NoRebuild(name));
        return RebuildReport.Of(name, instance, await register.LoadAsync(name, cancellationToken));
    }
}
