using EventFunctions.Domain.Inventory;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Steps;

/// <summary>Undoes the reservation of one product.</summary>
/// <param name="stock">Sends to the stock.</param>
public sealed class ReleaseStockActivity(StockCommandStep stock)
{
    /// <summary>Takes the step; there may be no reservation.</summary>
    [Function(OrderSteps.ReleaseStock)]
    public async Task<UndoOutcome> RunAsync([ActivityTrigger] StockStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var order = step.Trace.ToOrderId();
        var (outcome, did) = await stock.SendAsync(
            step, item => item.Reservations.ContainsKey(order) ? new Release(order) : null, cancellationToken);
        return UndoOutcome.Of(outcome, did);
    }
}
