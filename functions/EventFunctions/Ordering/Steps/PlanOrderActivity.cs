using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Steps;

/// <summary>Finds out what there is to do for an order.</summary>
/// <param name="orders">Has the order.</param>
/// <param name="offers">Tells what is sold, and for how much.</param>
/// <param name="customers">Tells who may order.</param>
public sealed class PlanOrderActivity(OrderCommandStep orders, IProductOffers offers, ICustomerStanding customers)
{
    /// <summary>
    /// The products of the order, if it has just been placed. One without an address, of a customer who may not order, or with a
    /// product that is not sold at the price it was ordered at, is cancelled before anything is reserved or paid: no later step
    /// could mend that.
    /// </summary>
    [Function(OrderSteps.PlanOrder)]
    public async Task<OrderPlan> RunAsync([ActivityTrigger] SagaStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var order = await orders.LoadAsync(step.Trace, cancellationToken);
        return order switch
        {
            { Status: OrderStatus.Placed, ShippingAddress.IsRecorded: false } => Cancelled(StepOutcome.AddressNotRecorded),
            { Status: OrderStatus.Placed, CustomerId: { } customer, Lines: { } lines } =>
                await RefusalAsync(customer, lines, step.Trace.Tenant, cancellationToken) is { } refusal
                ? Cancelled(refusal)
                : new OrderPlan(StepOutcome.Done, [.. lines.Select(l => new PlannedProduct(l.ProductId.Value, l.Quantity.Value))]),
            _ => new OrderPlan(StepOutcome.Refused(OrderRejections.Status, $"The order is {order.Status}, not just placed."), []),
        };
    }

    private static OrderPlan Cancelled(StepOutcome refusal) => new(refusal, [], CancelsOrder: true);

    /// <summary>Everything is asked for at once; of several refusals the customer's counts, and then the first line's.</summary>
    private async Task<StepOutcome?> RefusalAsync(
        CustomerId customer, OrderLines lines, string? tenant, CancellationToken cancellationToken)
    {
        var standing = StandingAsync(customer, tenant, cancellationToken);
        var refusals = await Task.WhenAll([standing, .. lines.Select(line => OfferAsync(line, tenant, cancellationToken))]);
        return refusals.FirstOrDefault(r => r is not null);
    }

    private async Task<StepOutcome?> StandingAsync(CustomerId customer, string? tenant, CancellationToken cancellationToken) =>
        await customers.MayOrderAsync(customer, tenant, cancellationToken) ? null : StepOutcome.CustomerNotAllowed;

    private async Task<StepOutcome?> OfferAsync(OrderLine line, string? tenant, CancellationToken cancellationToken) =>
        OfferCheck.Refusal(line, await offers.FindAsync(line.ProductId, tenant, cancellationToken));
}
