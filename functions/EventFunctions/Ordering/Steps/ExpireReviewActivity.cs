using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Steps;

/// <summary>Cancels an order that nobody reviewed in time. A decision that came first, at the last moment too, stands.</summary>
/// <param name="orders">The orders.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ExpireReviewActivity(IAggregateRepository<Order, OrderEvent> orders, TimeProvider timeProvider)
{
    /// <summary>Takes the step: whether there is a decision is looked at in the very write that cancels.</summary>
    [Function(OrderSteps.ExpireReview)]
    public async Task<OrderFacts> RunAsync([ActivityTrigger] SagaStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (trace, name) = step;
        return await orders.ExecuteAsync(
            Order.StreamOf(trace.ToOrderId(), trace.Tenant),
            trace.Command(name),
            order => OrderReview.Expire(order, timeProvider.GetUtcNow()),
            cancellationToken) switch
        {
            CommandResult<Order>.Committed committed => OrderFacts.Of(committed.State),
            CommandResult<Order>.Contended contended => throw new StepContendedException(contended.Attempts),
            var other => throw new InvalidOperationException($"The end of a review's time is never refused, but ended as {other}."),
        };
    }
}
