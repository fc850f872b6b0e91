using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Inventory;

/// <summary>What is true of every event of a product's stock.</summary>
public sealed class StockItemEventRules : IEventRules<StockItemEvent>
{
    /// <summary>A threshold is 0 to <see cref="Quantity.MaxValue"/>.</summary>
    public const string Threshold = "stock-threshold";

    /// <summary>Stock is called low when some or none is available, and less than the threshold.</summary>
    public const string Low = "stock-low";

    /// <inheritdoc/>
    public IEnumerable<EventProblem> Problems(StockItemEvent @event) => @event switch
    {
        StockReplenished { LowStockThreshold: < 0 or > Quantity.MaxValue } e =>
            [new(Threshold, $"The low-stock threshold is {e.LowStockThreshold}; it is 0 to {Quantity.MaxValue}.")],
        LowStockAlerted e when e.Available < 0 || e.Available >= e.Threshold =>
            [new(Low, $"{e.Available} are available at a threshold of {e.Threshold}: that is not low stock.")],
        _ => [],
    };
}
