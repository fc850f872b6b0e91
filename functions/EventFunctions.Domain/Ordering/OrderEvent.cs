using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Ordering;

/// <summary>Something that happened to an order.</summary>
public abstract record OrderEvent : IDomainEvent
{
    private protected OrderEvent()
    {
    }

    /// <summary>The order.</summary>
    public abstract OrderId OrderId { get; init; }

    /// <summary>Whose order it is.</summary>
    [DataSubject]
    public abstract CustomerId CustomerId { get; init; }
}

/// <summary>A customer has ordered.</summary>
/// <remarks>Version 1 had bare prices and no address, which reads as <see cref="Address.NotRecorded"/>, see <see cref="OrderPlacedV1"/>.</remarks>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it is.</param>
/// <param name="Lines">What is ordered.</param>
/// <param name="Total">The sum of the lines, so that readers need not add up.</param>
/// <param name="ShippingAddress">Where it goes.</param>
/// <param name="PaymentToken">What it is paid with.</param>
/// <param name="Flow">Who leads the order through its steps; none is <see cref="OrderFlow.Orchestration"/>.</param>
/// <param name="NeedsReview">Whether somebody has to look at the order before it is confirmed; none is no.</param>
[EventType("order-placed", 2)]
[RaisedBy(typeof(PlaceOrder))]
public sealed record OrderPlaced(
    OrderId OrderId,
    CustomerId CustomerId,
    OrderLines Lines,
    Money Total,
    [property: PersonalData] Address ShippingAddress,
    [property: PersonalData] PaymentToken PaymentToken,
    OrderFlow? Flow = null,
    bool? NeedsReview = null) : OrderEvent;

/// <summary>Somebody has looked at an order that had to be reviewed, and lets it go on.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it is.</param>
/// <param name="Reviewer">Who has looked at it: a user's name or id.</param>
[EventType("order-approved")]
[RaisedBy(typeof(ApproveOrder))]
public sealed record OrderApproved(OrderId OrderId, CustomerId CustomerId, string Reviewer) : OrderEvent;

/// <summary>The stock is reserved and the payment authorised: the order will be carried out.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it is.</param>
[EventType("order-confirmed")]
[RaisedBy(typeof(ConfirmOrder))]
public sealed record OrderConfirmed(OrderId OrderId, CustomerId CustomerId) : OrderEvent;

/// <summary>The payment is captured.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it is.</param>
/// <param name="Amount">What was paid: the order's total.</param>
[EventType("order-paid")]
[RaisedBy(typeof(PayOrder))]
public sealed record OrderPaid(OrderId OrderId, CustomerId CustomerId, Money Amount) : OrderEvent;

/// <summary>The carrier has taken the order on.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it is.</param>
/// <param name="TrackingNumber">The carrier's number for the customer.</param>
[EventType("order-shipped")]
[RaisedBy(typeof(ShipOrder))]
public sealed record OrderShipped(OrderId OrderId, CustomerId CustomerId, string TrackingNumber) : OrderEvent;

/// <summary>The parcel has arrived.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it is.</param>
/// <param name="DeliveredAt">When, as the carrier says; UTC.</param>
[EventType("order-delivered")]
[RaisedBy(typeof(DeliverOrder))]
public sealed record OrderDelivered(OrderId OrderId, CustomerId CustomerId, DateTimeOffset DeliveredAt) : OrderEvent;

/// <summary>The order will not be carried out.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose order it is.</param>
/// <param name="ReasonCode">Stable, for programs, e.g. <c>out-of-stock</c>.</param>
/// <param name="Reason">For a person, at most 500 characters.</param>
[EventType("order-cancelled")]
[RaisedBy(typeof(CancelOrder))]
public sealed record OrderCancelled(OrderId OrderId, CustomerId CustomerId, string ReasonCode, [property: PersonalData] string Reason) : OrderEvent;
