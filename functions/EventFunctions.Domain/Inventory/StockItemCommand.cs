namespace EventFunctions.Domain.Inventory;

/// <summary>What can be asked of the stock of a product. Which product is said by the stream that the command is sent to.</summary>
public abstract record StockItemCommand
{
    private protected StockItemCommand()
    {
    }
}

/// <summary>Add pieces.</summary>
/// <remarks>
/// It does so each time it is decided on: no state tells a repetition from a second delivery, so the sender's
/// command id must. To be safe to repeat on a stock that sells fast it has a fingerprint: the repository remembers those
/// apart from the many commands of orders.
/// </remarks>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">How many.</param>
/// <param name="LowStockThreshold">0 (never low) to <see cref="Domain.Quantity.MaxValue"/>; <see langword="null"/> leaves it.</param>
public sealed record Replenish(ProductId ProductId, Quantity Quantity, int? LowStockThreshold = null) : StockItemCommand;

/// <summary>Put pieces aside for an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Quantity">How many.</param>
public sealed record Reserve(OrderId OrderId, Quantity Quantity) : StockItemCommand;

/// <summary>Give back all that is reserved for an order.</summary>
/// <param name="OrderId">The order.</param>
public sealed record Release(OrderId OrderId) : StockItemCommand;

/// <summary>Let all that is reserved for an order leave with it.</summary>
/// <param name="OrderId">The order.</param>
public sealed record Commit(OrderId OrderId) : StockItemCommand;
