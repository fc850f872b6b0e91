using EventFunctions.Composition;
using EventFunctions.EventSourcing;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventFunctions.Projections.Rebuild;

/// <summary>Starts the rebuild of a projection, one at a time.</summary>
/// <param name="register">Knows the number of the next generation.</param>
/// <param name="options">What new rebuilds are told.</param>
/// <param name="logger">Gets lost races.</param>
public sealed class RebuildStarter(GenerationRegister register, IOptions<ProjectionOptions> options, ILogger<RebuildStarter> logger)
{
    /// <summary>A rebuild that has ended makes room for the next.</summary>
    private static readonly OrchestrationRuntimeStatus[] UnderWay =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Starts a rebuild unless there is one under way.</summary>
    /// <param name="client">The orchestrations.</param>
    /// <param name="projection">The projection's name.</param>
    /// <param name="acceptDifferences">Whether the new generation serves by itself also if it differs.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The number of the new generation; <see langword="null"/> if another rebuild is under way.</returns>
    public async Task<int?> TryStartAsync(
        DurableTaskClient client, string projection, bool acceptDifferences, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var id = RebuildProjection.InstanceIdOf(projection);
        if (await client.GetInstanceAsync(id, cancellation: cancellationToken) is { IsCompleted: false })
        {
            return null;
        }

        var generation = (await register.LoadAsync(projection, cancellationToken)).Newest + 1;
        var state = new RebuildState(projection, generation, acceptDifferences, options.Value.ToRebuildSettings(), RebuildPhase.Beginning);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(RebuildProjection), state, new StartOrchestrationOptions(id).WithDedupeStatuses(UnderWay), cancellationToken);
            return generation;
        }
#pragma warning disable CA1031 // Which exception tells that the instance exists differs by version of the client: the instance itself tells.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (await client.GetInstanceAsync(id, cancellation: cancellationToken) is not { IsCompleted: false })
            {
                throw;
            }

            logger.LogDebug(exception, "The rebuild of {Projection} was started by another at the same moment.", projection);
            return null;
        }
    }
}
