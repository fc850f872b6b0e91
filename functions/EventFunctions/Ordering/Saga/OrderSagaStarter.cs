using EventFunctions.Composition;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventFunctions.Ordering.Saga;

/// <summary>Starts the saga of an order, once for all time.</summary>
/// <param name="options">What new sagas are told.</param>
/// <param name="logger">Gets lost races.</param>
public sealed class OrderSagaStarter(IOptions<OrderingOptions> options, ILogger<OrderSagaStarter> logger)
{
    /// <summary>Every state: without this list a finished saga would silently be replaced by a new one.</summary>
    private static readonly OrchestrationRuntimeStatus[] AnyStatus =
    [
        OrchestrationRuntimeStatus.Pending,
        OrchestrationRuntimeStatus.Running,
        OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed,
        OrchestrationRuntimeStatus.Failed,
        OrchestrationRuntimeStatus.Terminated,
    ];

    /// <summary>Starts the saga unless there is one already, running or finished.</summary>
    /// <param name="client">The sagas.</param>
    /// <param name="trace">Whose saga, and what starts it.</param>
    /// <param name="cancellation">The customer's wish to cancel, which a saga started now respects before its first step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="needsReview">Whether somebody has to look at the order before anything is reserved.</param>
    /// <returns>The saga as it was found, or <see langword="null"/> if it was started now.</returns>
    public async Task<OrchestrationMetadata?> EnsureStartedAsync(
        DurableTaskClient client, SagaTrace trace, CancellationRequest? cancellation, CancellationToken cancellationToken, bool needsReview = false)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(trace);
        if (await client.GetInstanceAsync(trace.OrderId, cancellation: cancellationToken) is { } known)
        {
            return known;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(OrderSaga),
                new OrderSagaInput(trace, options.Value.ToSagaSettings(), cancellation, needsReview),
                new StartOrchestrationOptions(trace.OrderId).WithDedupeStatuses(AnyStatus),
                cancellationToken);
            return null;
        }
#pragma warning disable CA1031 // Which exception tells that the instance exists differs by version of the client: the instance itself tells.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            if (await client.GetInstanceAsync(trace.OrderId, cancellation: cancellationToken) is not { } winner)
            {
                throw;
            }

            logger.LogDebug(exception, "The saga of order {OrderId} was started by another at the same moment.", trace.OrderId);
            return winner;
        }
    }
}
