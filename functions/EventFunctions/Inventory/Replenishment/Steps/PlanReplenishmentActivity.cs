using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Replenishment.Steps;

/// <summary>Finds out how many pieces are needed.</summary>
/// <param name="stock">The stock.</param>
public sealed class PlanReplenishmentActivity(IAggregateRepository<StockItem, StockItemEvent> stock)
{
    /// <summary>Takes the step: so many pieces as are missing from some times the threshold, none where the stock is not low.</summary>
    [Function(ReplenishmentSteps.Plan)]
    public async Task<ReplenishmentPlan> RunAsync([ActivityTrigger] PlanStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var item = (await stock.LoadAsync(step.Trace.ToStream(), cancellationToken)).State;
        return new ReplenishmentPlan(QuantityFor(item, step.OrderUpTo));
    }

    /// <summary>How many pieces to order; pure.</summary>
    /// <param name="item">The stock as it is.</param>
    /// <param name="orderUpTo">So many times the threshold is to be available; 1 or more.</param>
    public static int QuantityFor(StockItem item, double orderUpTo)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Available >= item.LowStockThreshold
            ? 0
            : (int)Math.Clamp(Math.Ceiling(orderUpTo * item.LowStockThreshold) - item.Available, 1, Quantity.MaxValue);
    }
}
