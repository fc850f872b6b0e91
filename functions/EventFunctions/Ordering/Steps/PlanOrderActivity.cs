using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Steps;

/// <summary>Finds out what there is to do for an order.</summary>
/// <param name="orders">Has the order.</param>
public sealed class PlanOrderActivity(OrderCommandStep orders)
{
    /// <summary>
    /// The products of the order, if it has just been placed. One without an address is cancelled before anything is reserved or
    /// paid: no later step could mend that.
    /// </summary>
    [Function(OrderSteps.PlanOrder)]
    public async Task<OrderPlan> RunAsync([ActivityTrigger] SagaStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var order = await orders.LoadAsync(step.Trace, cancellationToken);
        return order switch
        {
            { Status: OrderStatus.Placed, ShippingAddress.IsRecorded: false } => new OrderPlan(StepOutcome.AddressNotRecorded, [], CancelsOrder: true),
            { Status: OrderStatus.Placed, Lines: { } lines } =>
                new OrderPlan(StepOutcome.Done, [.. lines.Select(l => new PlannedProduct(l.ProductId.Value, l.Quantity.Value))]),
            _ => new OrderPlan(StepOutcome.Refused(OrderRejections.Status, $"The order is {order.Status}, not just placed."), []),
        };
    }
}
