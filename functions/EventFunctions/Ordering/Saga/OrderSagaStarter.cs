using EventFunctions.Composition;
using EventFunctions.Sagas;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace EventFunctions.Ordering.Saga;

/// <summary>Starts the saga of an order, once for all time.</summary>
/// <param name="options">What new sagas are told.</param>
/// <param name="instances">Starts.</param>
public sealed class OrderSagaStarter(IOptions<OrderingOptions> options, SagaInstances instances)
{
    /// <summary>Starts the saga unless there is one already, running or finished.</summary>
    /// <param name="client">The sagas.</param>
    /// <param name="trace">Whose saga, and what starts it.</param>
    /// <param name="cancellation">The customer's wish to cancel, which a saga started now respects before its first step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="needsReview">Whether somebody has to look at the order before anything is reserved.</param>
    /// <returns>The saga as it was found, or <see langword="null"/> if it was started now.</returns>
    public Task<OrchestrationMetadata?> EnsureStartedAsync(
        DurableTaskClient client, SagaTrace trace, CancellationRequest? cancellation, CancellationToken cancellationToken, bool needsReview = false)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return instances.EnsureStartedAsync(
            client,
            nameof(OrderSaga),
            trace.OrderId,
            new OrderSagaInput(trace, options.Value.ToSagaSettings(), cancellation, needsReview),
            cancellationToken);
    }
}
