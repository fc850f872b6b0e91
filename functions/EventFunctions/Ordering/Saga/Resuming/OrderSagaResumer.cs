using EventFunctions.Composition;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventFunctions.Ordering.Saga.Resuming;

/// <summary>Starts the resumption of an order's saga, one at a time.</summary>
/// <param name="options">What resumptions are told.</param>
/// <param name="logger">Gets lost races.</param>
public sealed class OrderSagaResumer(IOptions<OrderingOptions> options, ILogger<OrderSagaResumer> logger)
{
    /// <summary>Every status: a resumption that has ended must not be replaced by another of its number.</summary>
    private static readonly OrchestrationRuntimeStatus[] AnyStatus =
    [
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
    ];

    /// <summary>Starts a resumption, unless one is under way.</summary>
    /// <param name="client">The sagas.</param>
    /// <param name="history">The saga as it was found.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The number of the resumption that is under way; <see langword="null"/> if there is nothing that could be resumed.</returns>
    public async Task<int?> ResumeAsync(DurableTaskClient client, OrderSagaHistory history, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(history);
        if (history.Resumptions is [.., { IsCompleted: false }])
        {
            return history.Resumptions.Count;
        }

        if (!history.Saga.IsCompleted || history.Result is not { IsResumable: true } from)
        {
            return null;
        }

        var number = history.Resumptions.Count + 1;
        var instanceId = ResumeOrderSaga.InstanceIdOf(history.Saga.InstanceId, number);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(ResumeOrderSaga),
                new ResumptionInput(history.Trace(), options.Value.ToSagaSettings(), number, from),
                new StartOrchestrationOptions(instanceId).WithDedupeStatuses(AnyStatus),
                cancellationToken);
        }
#pragma warning disable CA1031 // Which exception tells that the instance exists differs by version of the client: the instance itself tells.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (await client.GetInstanceAsync(instanceId, cancellation: cancellationToken) is null)
            {
                throw;
            }

            logger.LogDebug(exception, "The resumption {InstanceId} was started by another at the same moment.", instanceId);
        }

        return number;
    }
}
