using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Inventory.Steps;

/// <summary>Sends a saga's commands to a product's stock.</summary>
/// <param name="stock">The stock.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class StockCommandStep(IAggregateRepository<StockItem, StockItemEvent> stock, TimeProvider timeProvider)
{
    /// <summary>Sends the command that the state calls for, under the step's own id.</summary>
    /// <param name="step">The step.</param>
    /// <param name="choose">The command, or <see langword="null"/> where there is nothing to do. Pure.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How it ended, and whether there was anything to do.</returns>
    public async Task<(StepOutcome Outcome, bool Did)> SendAsync(
        StockStep step, Func<StockItem, StockItemCommand?> choose, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(choose);
        using var activity = step.Trace.StartActivity(step.Step);
        var did = false;
        var result = await stock.ExecuteAsync(
            StockItem.StreamOf(new ProductId(step.ProductId), step.Trace.Tenant),
            step.Trace.Command(step.Step),
            item =>
            {
                var command = choose(item);
                did = command is not null;
                return command is null ? Decision<StockItemEvent>.Accept() : StockItemDecider.Decide(item, command, timeProvider.GetUtcNow());
            },
            cancellationToken);
        return (StepOutcome.Of(result), did || result is CommandResult<StockItem>.Committed { IsRepetition: true });
    }
}
