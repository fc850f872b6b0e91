using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Ordering.Steps;

/// <summary>A saga's order: what it is, and the commands sent to it.</summary>
/// <param name="orders">The orders.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class OrderCommandStep(IAggregateRepository<Order, OrderEvent> orders, TimeProvider timeProvider)
{
    /// <summary>The order as it is.</summary>
    public async Task<Order> LoadAsync(SagaTrace trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trace);
        return (await orders.LoadAsync(Order.StreamOf(trace.ToOrderId(), trace.Tenant), cancellationToken)).State;
    }

    /// <summary>Sends a command under the step's own id.</summary>
    public async Task<StepOutcome> SendAsync(SagaTrace trace, string step, OrderCommand command, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trace);
        using var activity = trace.StartActivity(step);
        return StepOutcome.Of(await orders.ExecuteAsync(
            Order.StreamOf(trace.ToOrderId(), trace.Tenant),
            trace.Command(step),
            order => OrderDecider.Decide(order, command, timeProvider.GetUtcNow()),
            cancellationToken));
    }
}
