using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Inventory.Steps;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Payments.Steps;

namespace EventFunctions.Ordering.Choreography;

/// <summary>The first steps of an order: whether it can be carried out at all, its goods, and the beginning of its payment.</summary>
/// <param name="plan">Tells what there is to do.</param>
/// <param name="reserve">Has the goods.</param>
/// <param name="orders">Has the order.</param>
/// <param name="payments">Begins the payment.</param>
public sealed class OrderStart(
    PlanOrderActivity plan, ReserveStockActivity reserve, OrderCommandStep orders, PaymentCommandStep payments)
{
    /// <summary>The products of an order that can be carried out; none where the outcome is not to do anything, or to cancel it.</summary>
    public async Task<OrderPlan> PlanAsync(StepInHand step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        step.Name = OrderSteps.PlanOrder;
        var planned = await plan.RunAsync(step.Input, cancellationToken);
        if (planned.Outcome.IsDone || planned.CancelsOrder)
        {
            return planned;
        }

        // It is not just placed: cancelled since, or further than this message knows, which then is a repetition.
        var order = await orders.LoadAsync(step.Trace, cancellationToken);
        return planned with { Outcome = order.Status == OrderStatus.Cancelled ? StepOutcome.OrderIsCancelled : StepOutcome.Done };
    }

    /// <summary>Reserves all products side by side and then begins the payment, whose event says that they are reserved.</summary>
    public async Task<StepOutcome> ReserveAsync(StepInHand step, IReadOnlyList<PlannedProduct> products, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(products);
        step.Name = OrderSteps.ReserveStock;
        var outcomes = await Task.WhenAll(products.Select(p => reserve.RunAsync(
            new StockStep(step.Trace, OrderSteps.ForProduct(OrderSteps.ReserveStock, p.ProductId), p.ProductId, p.Quantity), cancellationToken)));
        if (outcomes.FirstOrDefault(o => !o.IsDone) is { } refused)
        {
            return refused;
        }

        step.Name = OrderSteps.AuthorizePayment;
        return await orders.LoadAsync(step.Trace, cancellationToken) switch
        {
            { Status: OrderStatus.Cancelled } => StepOutcome.OrderIsCancelled,
            { Id: { } id, Lines.Total: { } total } => await StartPaymentAsync(step.Trace, id, total, cancellationToken),
            _ => throw new InvalidOperationException($"There is no order {step.Trace.OrderId}, though it was placed."),
        };
    }

    /// <summary>Under the name that the step of the authorisation begins the payment under: whoever comes first, it begins once.</summary>
    private async Task<StepOutcome> StartPaymentAsync(SagaTrace trace, OrderId id, Money total, CancellationToken cancellationToken) =>
        (await payments.RecordAsync(trace, $"{OrderSteps.AuthorizePayment}:start", new StartPayment(id, total), cancellationToken)).Outcome;
}
