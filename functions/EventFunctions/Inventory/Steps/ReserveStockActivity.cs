using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Steps;

/// <summary>Reserves one product for an order.</summary>
/// <param name="stock">Sends to the stock.</param>
/// <param name="orders">Tells whether the order still stands.</param>
public sealed class ReserveStockActivity(StockCommandStep stock, OrderCommandStep orders)
{
    /// <summary>The step that gives back what an attempt reserved too late.</summary>
    private const string TooLate = "too-late";

    /// <summary>Takes the step; refused when there is not enough.</summary>
    [Function(OrderSteps.ReserveStock)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] StockStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var command = new Reserve(step.Trace.ToOrderId(), new Quantity(step.Quantity));
        var (outcome, _) = await stock.SendAsync(step, _ => command, cancellationToken);
        if (outcome.IsDone && (await orders.LoadAsync(step.Trace, cancellationToken)).Status == OrderStatus.Cancelled)
        {
            // An activity may run twice, and the other run may have been refused: then nothing else gives these pieces back.
            var release = step with { Step = $"{step.Step}:{TooLate}" };
            (outcome, _) = await stock.SendAsync(release, _ => new Release(step.Trace.ToOrderId()), cancellationToken);
            return outcome.IsDone ? StepOutcome.OrderIsCancelled : outcome;
        }

        // To the customer it is the same whether the product ran out or was never there.
        return outcome.Code == StockItemRejections.NotFound ? outcome with { Code = StockItemRejections.OutOfStock } : outcome;
    }
}
