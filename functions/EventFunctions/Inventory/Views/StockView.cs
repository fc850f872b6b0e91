using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;

namespace EventFunctions.Inventory.Views;

/// <summary>The stock of a product.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="OnHand">How many are there, the reserved ones included.</param>
/// <param name="Reserved">How many are put aside for orders.</param>
/// <param name="Available">How many can still be sold.</param>
/// <param name="LowStockThreshold">Stock is low when fewer than this can be sold; 0 is never.</param>
/// <param name="IsLow">Whether it is.</param>
/// <param name="Version">The version of the stock it shows.</param>
public sealed record StockView(
    ProductId ProductId, int OnHand, int Reserved, int Available, int LowStockThreshold, bool IsLow, long Version)
{
    /// <summary>The view of a state.</summary>
    public static StockView Of(ProductId productId, StockItem state, long version)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new StockView(
            productId,
            state.OnHand,
            state.Reserved,
            state.Available,
            state.LowStockThreshold,
            state.Available < state.LowStockThreshold,
            version);
    }
}

/// <summary>Shows the stock of each product.</summary>
public sealed class StockViewProjection : IProjection<StockView>
{
    /// <summary>The stored kind of the views.</summary>
    public const string Kind = "stock";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>The partition of a tenant's stock: one, so that lists stay inside it.</summary>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public static string PartitionOf(string? tenant = null) => tenant is null ? "stock" : $"stock-{tenant}";

    /// <summary>Where a product's view is kept.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public static ViewKey KeyOf(ProductId productId, string? tenant = null)
    {
        ArgumentNullException.ThrowIfNull(productId);
        return new ViewKey(PartitionOf(tenant), productId.Value);
    }

    /// <inheritdoc/>
    public ViewKey KeyOf(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return KeyOf(((StockItemEvent)envelope.Data).ProductId, envelope.Stream.Tenant);
    }

    /// <inheritdoc/>
    public StockView Apply(StockView? view, EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        view ??= new StockView(((StockItemEvent)envelope.Data).ProductId, 0, 0, 0, 0, IsLow: false, 0);
        var (onHand, reserved) = envelope.Data switch
        {
            StockReplenished e => (view.OnHand + e.Quantity.Value, view.Reserved),
            StockReserved e => (view.OnHand, view.Reserved + e.Quantity.Value),
            StockReleased e => (view.OnHand, view.Reserved - e.Quantity.Value),
            StockCommitted e => (view.OnHand - e.Quantity.Value, view.Reserved - e.Quantity.Value),
            _ => (view.OnHand, view.Reserved),
        };
        var threshold = envelope.Data is StockReplenished { LowStockThreshold: var set } ? set : view.LowStockThreshold;
        return view with
        {
            OnHand = onHand,
            Reserved = reserved,
            Available = onHand - reserved,
            LowStockThreshold = threshold,
            IsLow = onHand - reserved < threshold,
            Version = envelope.Version,
        };
    }
}
