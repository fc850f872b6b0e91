using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Inventory;

/// <summary>The stock of one product. Always 0 ≤ <see cref="Reserved"/> ≤ <see cref="OnHand"/>.</summary>
public sealed record StockItem : IAggregate<StockItem, StockItemEvent>
{
    /// <summary>The most pieces that can be on hand.</summary>
    public const int MaxOnHand = 1_000_000_000;

    /// <summary>The most orders that can have a reservation at a time: they are part of the snapshot that every append writes.</summary>
    public const int MaxReservations = 10_000;

    /// <summary>
    /// How many ended reservations are remembered, the newest: a late command for one of them is recognised. They are part of
    /// the snapshot that every append writes, so this trades its size against how late is too late.
    /// </summary>
    public const int ClosedReservationsKept = 100;

    /// <inheritdoc/>
    public static string Category => "inventory";

    /// <inheritdoc/>
    public static int StateSchema => 1;

    /// <inheritdoc/>
    public static StockItem Initial { get; } = new();

    /// <summary>The product; set from the first event on.</summary>
    public ProductId? ProductId { get; init; }

    /// <summary>How many pieces are there, reserved ones included.</summary>
    public int OnHand { get; init; }

    /// <summary>How many of them are put aside for orders: the sum of <see cref="Reservations"/>.</summary>
    public int Reserved { get; init; }

    /// <summary>Stock is low when fewer than this are available; 0 is never.</summary>
    public int LowStockThreshold { get; init; }

    /// <summary>Whether the stock is low and that was alerted.</summary>
    public bool LowStockAlerted { get; init; }

    /// <summary>What is put aside, per order.</summary>
    public ImmutableDictionary<OrderId, Quantity> Reservations { get; init; } = ImmutableDictionary<OrderId, Quantity>.Empty;

    /// <summary>The newest ended reservations, oldest first, at most <see cref="ClosedReservationsKept"/>.</summary>
    public ImmutableList<ClosedReservation> ClosedReservations { get; init; } = [];

    /// <summary>How many pieces can still be sold; never negative.</summary>
    [JsonIgnore]
    public int Available => OnHand - Reserved;

    /// <summary>The stream of a product's stock.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public static StreamName StreamOf(ProductId productId, string? tenant = null)
    {
        ArgumentNullException.ThrowIfNull(productId);
        return new StreamName(Category, productId.Value, tenant);
    }

    /// <summary>How the order's reservation ended, as far as remembered.</summary>
    public ClosedReservation? FindClosed(OrderId orderId) => ClosedReservations.FindLast(c => c.OrderId == orderId);

    /// <inheritdoc/>
    public StockItem Apply(StockItemEvent @event)
    {
        var next = @event switch
        {
            StockReplenished e => this with
            {
                ProductId = e.ProductId,
                OnHand = OnHand + e.Quantity.Value,
                LowStockThreshold = e.LowStockThreshold,
            },
            StockReserved e => this with { Reserved = Reserved + e.Quantity.Value, Reservations = Reservations.SetItem(e.OrderId, e.Quantity) },
            StockReleased e => Close(e.OrderId, e.Quantity, ReservationOutcome.Released),
            StockCommitted e => Close(e.OrderId, e.Quantity, ReservationOutcome.Committed) with { OnHand = OnHand - e.Quantity.Value },
            Inventory.LowStockAlerted => this with { LowStockAlerted = true },
            _ => throw new UnreachableException($"Stock has no event {@event.GetType()}."),
        };

        // Recovered: the next fall is worth an alert again.
        return next.LowStockAlerted && next.Available >= next.LowStockThreshold ? next with { LowStockAlerted = false } : next;
    }

    private StockItem Close(OrderId orderId, Quantity quantity, ReservationOutcome outcome)
    {
        var closed = ClosedReservations.Add(new ClosedReservation(orderId, quantity, outcome));
        return this with
        {
            Reserved = Reserved - quantity.Value,
            Reservations = Reservations.Remove(orderId),
            ClosedReservations = closed.Count > ClosedReservationsKept ? closed.RemoveAt(0) : closed,
        };
    }
}
