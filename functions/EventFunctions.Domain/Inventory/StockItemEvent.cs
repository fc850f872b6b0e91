using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Inventory;

/// <summary>Something that happened to the stock of a product.</summary>
public abstract record StockItemEvent : IDomainEvent
{
    private protected StockItemEvent()
    {
    }

    /// <summary>The product.</summary>
    public abstract ProductId ProductId { get; init; }
}

/// <summary>Pieces came in.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">How many came in.</param>
/// <param name="LowStockThreshold">The threshold from now on: stock is low when fewer are available. 0 is never.</param>
[EventType("stock-replenished")]
[RaisedBy(typeof(Replenish))]
public sealed record StockReplenished(ProductId ProductId, Quantity Quantity, int LowStockThreshold) : StockItemEvent;

/// <summary>Pieces are put aside for an order.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Quantity">How many.</param>
[EventType("stock-reserved")]
[RaisedBy(typeof(Reserve))]
public sealed record StockReserved(ProductId ProductId, OrderId OrderId, Quantity Quantity) : StockItemEvent;

/// <summary>Reserved pieces can be sold to others again.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="OrderId">The order they were reserved for.</param>
/// <param name="Quantity">How many: all that was reserved.</param>
[EventType("stock-released")]
[RaisedBy(typeof(Release))]
public sealed record StockReleased(ProductId ProductId, OrderId OrderId, Quantity Quantity) : StockItemEvent;

/// <summary>Reserved pieces have left with their order.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="OrderId">The order.</param>
/// <param name="Quantity">How many: all that was reserved.</param>
[EventType("stock-committed")]
[RaisedBy(typeof(Commit))]
public sealed record StockCommitted(ProductId ProductId, OrderId OrderId, Quantity Quantity) : StockItemEvent;

/// <summary>The stock has become low. Once, until it has recovered.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Available">How many can still be sold; fewer than <paramref name="Threshold"/>.</param>
/// <param name="Threshold">The threshold that was undercut.</param>
[EventType("low-stock-alerted")]
[RaisedBy(typeof(Replenish), typeof(Reserve))]
public sealed record LowStockAlerted(ProductId ProductId, int Available, int Threshold) : StockItemEvent;
