using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Replenishment.Steps;

/// <summary>Puts what was delivered on stock.</summary>
/// <param name="stock">The stock.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class AddDeliveredStockActivity(IAggregateRepository<StockItem, StockItemEvent> stock, TimeProvider timeProvider)
{
    /// <summary>Takes the step; the command's id follows from the word that told of the delivery, so each delivery is added once.</summary>
    [Function(ReplenishmentSteps.AddStock)]
    public async Task<StockAddition> RunAsync([ActivityTrigger] AddStockStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var command = new Replenish(new ProductId(step.Trace.ProductId), new Quantity(step.Quantity));
        var result = await stock.ExecuteAsync(
            step.Trace.ToStream(),
            step.Trace.Command($"{ReplenishmentSteps.AddStock}:{step.AnswerId}"),
            item => StockItemDecider.Decide(item, command, timeProvider.GetUtcNow()),
            cancellationToken);
        return (result, StepOutcome.Of(result)) switch
        {
            (CommandResult<StockItem>.Committed { State: var item }, _) => new StockAddition(item.Available < item.LowStockThreshold),
            (_, var refused) => new StockAddition(IsLow: true, refused.Code, refused.Reason),
        };
    }
}
