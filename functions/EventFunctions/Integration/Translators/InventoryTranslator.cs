using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Integration.Translators;

/// <summary>Tells others when stock comes in or runs low. Reservations are steps of orders.</summary>
public sealed class InventoryTranslator : IIntegrationTranslator
{
    /// <inheritdoc/>
    public string Category => StockItem.Category;

    /// <inheritdoc/>
    public IReadOnlyList<IntegrationEvent> Translate(IDomainEvent data) => data switch
    {
        StockReplenished e => [new ShopStockReplenished(e.ProductId.Value, e.Quantity.Value)],
        LowStockAlerted e => [new ShopStockLow(e.ProductId.Value, e.Available)],
        _ => [],
    };
}
