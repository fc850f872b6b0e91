using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Views;

/// <summary>An order as its customer sees it. It has no payment token.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose it is.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Lines">What is ordered.</param>
/// <param name="Total">The sum of the lines.</param>
/// <param name="ShippingAddress">Where it goes; <see cref="Address.NotRecorded"/> for an order from before that was recorded.</param>
/// <param name="PlacedAt">When it was placed, UTC.</param>
/// <param name="UpdatedAt">When its newest event happened, UTC.</param>
/// <param name="Version">The version of the order it shows.</param>
/// <param name="TrackingNumber">The carrier's number, once shipped.</param>
/// <param name="Cancellation">Why it was cancelled, if it was.</param>
public sealed record OrderView(
    OrderId OrderId,
    [property: DataSubject] CustomerId CustomerId,
    OrderStatus Status,
    OrderLines Lines,
    Money Total,
    [property: PersonalData] Address ShippingAddress,
    DateTimeOffset PlacedAt,
    DateTimeOffset UpdatedAt,
    long Version,
    string? TrackingNumber = null,
    OrderCancellation? Cancellation = null);

/// <summary>Shows each order by its id.</summary>
public sealed class OrderViewProjection : IProjection<OrderView>
{
    /// <summary>The stored kind of the views.</summary>
    public const string Kind = "order";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>Where an order's view is kept.</summary>
    public static ViewKey KeyOf(OrderId orderId) => new($"order-{orderId}", "order");

    /// <inheritdoc/>
    public ViewKey KeyOf(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return KeyOf(((OrderEvent)envelope.Data).OrderId);
    }

    /// <inheritdoc/>
    public OrderView Apply(OrderView? view, EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var next = envelope.Data switch
        {
            OrderPlaced e => new OrderView(
                e.OrderId, e.CustomerId, OrderStatus.Placed, e.Lines, e.Total, e.ShippingAddress, envelope.Time, envelope.Time, envelope.Version),
            _ when view is null => throw new InvalidOperationException($"'{envelope.Stream}' begins with '{envelope.Type}': an order begins with being placed."),
            OrderConfirmed => view with { Status = OrderStatus.Confirmed },
            OrderPaid => view with { Status = OrderStatus.Paid },
            OrderShipped e => view with { Status = OrderStatus.Shipped, TrackingNumber = e.TrackingNumber },
            OrderDelivered => view with { Status = OrderStatus.Delivered },
            OrderCancelled e => view with { Status = OrderStatus.Cancelled, Cancellation = new OrderCancellation(e.ReasonCode, e.Reason) },
            _ => view,
        };
        return next with { UpdatedAt = envelope.Time, Version = envelope.Version };
    }
}
