using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Shipping;

/// <summary>What is true of every event of a shipment.</summary>
public sealed class ShipmentEventRules : IEventRules<ShipmentEvent>
{
    /// <summary>A shipment has the carrier's id and its tracking number.</summary>
    public const string CarrierId = "shipment-carrier-id";

    /// <summary>A shipment goes to an address that is known.</summary>
    public const string Address = "shipment-address";

    /// <summary>A cancellation's reason has at most 500 characters.</summary>
    public const string ReasonLength = "shipment-reason-length";

    /// <inheritdoc/>
    public IEnumerable<EventProblem> Problems(ShipmentEvent @event) => Broken(@event).OfType<EventProblem>();

    private static EventProblem?[] Broken(ShipmentEvent @event) => @event switch
    {
        ShipmentCreated e =>
        [
            Rule.Present(CarrierId, e.CarrierShipmentId),
            Rule.Present(CarrierId, e.TrackingNumber),
            e.Address.IsRecorded ? null : new(Address, "The address is not recorded: no parcel can go there."),
        ],
        ShipmentCancelled e => [Rule.Reason(ReasonLength, e.Reason)],
        _ => [],
    };
}
