using EventFunctions.Domain;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Reports;

/// <summary>What orders add up to: those of a customer, those paid on a day, or what they had of one product.</summary>
/// <param name="Orders">How many orders; of a customer all that were placed, of a day and a product those that were paid and not cancelled.</param>
/// <param name="Cancelled">How many of a customer's orders were cancelled; 0 elsewhere.</param>
/// <param name="Pieces">How many pieces were paid for.</param>
/// <param name="Revenue">What was paid for them and not given back by a cancellation.</param>
/// <param name="LastOrderAt">When the newest of a customer's orders was placed, UTC.</param>
/// <param name="ProductId">The product, where the figures are of one.</param>
public sealed record OrderFigures(
    int Orders, int Cancelled, long Pieces, CurrencyAmounts Revenue, DateTimeOffset? LastOrderAt = null, ProductId? ProductId = null)
    : ITally<OrderFigures>
{
    /// <inheritdoc/>
    public static OrderFigures Zero { get; } = new(0, 0, 0, CurrencyAmounts.None);

    /// <inheritdoc/>
    public OrderFigures Plus(OrderFigures other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(
            Orders + other.Orders,
            Cancelled + other.Cancelled,
            Pieces + other.Pieces,
            Revenue.Plus(other.Revenue),
            LastOrderAt is null || other.LastOrderAt > LastOrderAt ? other.LastOrderAt : LastOrderAt,
            ProductId ?? other.ProductId);
    }

    /// <inheritdoc/>
    /// <remarks>The time and the product stay: an order that was placed stays placed, and the figures of a product are its alone.</remarks>
    public OrderFigures Minus(OrderFigures other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return this with
        {
            Orders = Orders - other.Orders,
            Cancelled = Cancelled - other.Cancelled,
            Pieces = Pieces - other.Pieces,
            Revenue = Revenue.Minus(other.Revenue),
        };
    }
}
