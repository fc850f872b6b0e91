using EventFunctions.Domain.Inventory;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Steps;

/// <summary>Takes one reserved product off the stock, once its order is shipped.</summary>
/// <param name="stock">Sends to the stock.</param>
public sealed class CommitStockActivity(StockCommandStep stock)
{
    /// <summary>Takes the step; nothing releases the reservation of a shipped order, so one that is gone was committed by an earlier attempt.</summary>
    [Function(OrderSteps.CommitStock)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] StockStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (outcome, _) = await stock.SendAsync(step, _ => new Commit(step.Trace.ToOrderId()), cancellationToken);

        // The stock remembers the last closed reservations only, and a busy product closes many between two attempts.
        return outcome.Code == StockItemRejections.ReservationNotFound ? StepOutcome.Done : outcome;
    }
}
