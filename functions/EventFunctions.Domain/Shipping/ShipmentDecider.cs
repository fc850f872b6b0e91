using System.Diagnostics;
using EventFunctions.EventSourcing;
using static EventFunctions.EventSourcing.Decision<EventFunctions.Domain.Shipping.ShipmentEvent>;

namespace EventFunctions.Domain.Shipping;

/// <summary>What a shipment answers to commands.</summary>
/// <remarks>
/// The carrier reports through webhooks that repeat and overtake each other: a delivery that is reported first implies the
/// dispatch, and what is known already does nothing. A carrier can call a parcel back on its way, so a dispatched shipment can
/// be cancelled; a delivered one can't. Cancelling a shipment that never was does nothing, so that an undo is always safe.
/// </remarks>
public static class ShipmentDecider
{
    /// <summary>Decides on a command.</summary>
    /// <param name="state">The shipment as it is.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time of the decision.</param>
    public static Decision<ShipmentEvent> Decide(Shipment state, ShipmentCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return command switch
        {
            CreateShipment create => Create(state, create),
            CancelShipment when state.OrderId is null => Accept(),
            _ when state.OrderId is null => Reject(ShipmentRejections.NotFound, "There is no such shipment."),
            DispatchShipment => Dispatch(state.Status, state.OrderId),
            DeliverShipment deliver => Deliver(state.Status, new ShipmentDelivered(state.OrderId, PastTime.Of(deliver.DeliveredAt, now))),
            CancelShipment cancel => Cancel(state.Status, new ShipmentCancelled(state.OrderId, ReasonText.Cut(cancel.Reason))),
            _ => throw new UnreachableException($"Shipments have no command {command.GetType()}."),
        };
    }

    private static Decision<ShipmentEvent> Create(Shipment state, CreateShipment command)
    {
        var (orderId, carrierShipmentId, trackingNumber, address, customerId) = command;
        var same = state.OrderId == orderId && state.CarrierShipmentId == carrierShipmentId
            && state.TrackingNumber == trackingNumber && state.Address == address;
        return state.Status switch
        {
            ShipmentStatus.None => Accept(new ShipmentCreated(orderId, carrierShipmentId, trackingNumber, address, customerId)),
            ShipmentStatus.Cancelled => RejectCancelled(),
            _ when same => Accept(),
            _ => Reject(ShipmentRejections.AlreadyCreated, $"The order has shipment {state.CarrierShipmentId} already."),
        };
    }

    private static Decision<ShipmentEvent> Dispatch(ShipmentStatus status, OrderId orderId) => status switch
    {
        ShipmentStatus.Created => Accept(new ShipmentDispatched(orderId)),
        ShipmentStatus.Cancelled => RejectCancelled(),
        _ => Accept(),
    };

    private static Decision<ShipmentEvent> Deliver(ShipmentStatus status, ShipmentDelivered delivered) => status switch
    {
        ShipmentStatus.Created => Accept(new ShipmentDispatched(delivered.OrderId), delivered),
        ShipmentStatus.Dispatched => Accept(delivered),
        ShipmentStatus.Cancelled => RejectCancelled(),
        _ => Accept(),
    };

    private static Decision<ShipmentEvent> Cancel(ShipmentStatus status, ShipmentCancelled cancelled) => status switch
    {
        ShipmentStatus.Delivered => Reject(ShipmentRejections.Delivered, "The shipment has arrived."),
        ShipmentStatus.Cancelled => Accept(),
        _ => Accept(cancelled),
    };

    private static Decision<ShipmentEvent> RejectCancelled() => Reject(ShipmentRejections.Cancelled, "The shipment is cancelled.");
}
