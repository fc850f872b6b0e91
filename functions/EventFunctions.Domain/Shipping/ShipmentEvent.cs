using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Shipping;

/// <summary>Something that happened to an order's shipment.</summary>
public abstract record ShipmentEvent : IDomainEvent
{
    private protected ShipmentEvent()
    {
    }

    /// <summary>The order, and with it its one shipment.</summary>
    public abstract OrderId OrderId { get; init; }
}

/// <summary>The carrier has taken the shipment on.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CarrierShipmentId">The carrier's id.</param>
/// <param name="TrackingNumber">The carrier's number for the customer.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="CustomerId">To whom; not recorded by events from before addresses were sealed.</param>
[EventType("shipment-created")]
[RaisedBy(typeof(CreateShipment))]
public sealed record ShipmentCreated(
    OrderId OrderId,
    string CarrierShipmentId,
    string TrackingNumber,
    [property: PersonalData] Address Address,
    [property: DataSubject] CustomerId? CustomerId = null) : ShipmentEvent;

/// <summary>The shipment is on its way.</summary>
/// <param name="OrderId">The order.</param>
[EventType("shipment-dispatched")]
[RaisedBy(typeof(DispatchShipment), typeof(DeliverShipment))]
public sealed record ShipmentDispatched(OrderId OrderId) : ShipmentEvent;

/// <summary>The shipment has arrived.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="DeliveredAt">When, as the carrier says; UTC.</param>
[EventType("shipment-delivered")]
[RaisedBy(typeof(DeliverShipment))]
public sealed record ShipmentDelivered(OrderId OrderId, DateTimeOffset DeliveredAt) : ShipmentEvent;

/// <summary>The carrier will not deliver the shipment.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Reason">For a person, at most 500 characters.</param>
[EventType("shipment-cancelled")]
[RaisedBy(typeof(CancelShipment))]
public sealed record ShipmentCancelled(OrderId OrderId, string Reason) : ShipmentEvent;
