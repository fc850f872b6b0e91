using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Sagas;

/// <summary>Starts orchestrations that there may be one of for all time.</summary>
/// <param name="logger">Gets lost races.</param>
public sealed class SagaInstances(ILogger<SagaInstances> logger)
{
    /// <summary>Every state: without this list a finished instance would silently be replaced by a new one.</summary>
    private static readonly OrchestrationRuntimeStatus[] AnyStatus =
    [
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
    ];

    /// <summary>Starts the orchestration unless there is an instance of that id, running or finished.</summary>
    /// <param name="client">The orchestrations.</param>
    /// <param name="orchestrator">The orchestrator's name.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="input">What it is started with.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The instance as it was found, or <see langword="null"/> if it was started now.</returns>
    public async Task<OrchestrationMetadata?> EnsureStartedAsync(
        DurableTaskClient client, string orchestrator, string instanceId, object input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (await client.GetInstanceAsync(instanceId, cancellation: cancellationToken) is { } known)
        {
            return known;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                orchestrator, input, new StartOrchestrationOptions(instanceId).WithDedupeStatuses(AnyStatus), cancellationToken);
            return null;
        }
#pragma warning disable CA1031 // Which exception tells that the instance exists differs by version of the client: the instance itself tells.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (await client.GetInstanceAsync(instanceId, cancellation: cancellationToken) is not { } winner)
            {
                throw;
            }

            logger.LogDebug(exception, "{Orchestrator} {InstanceId} was started by another at the same moment.", orchestrator, instanceId);
            return winner;
        }
    }
}
