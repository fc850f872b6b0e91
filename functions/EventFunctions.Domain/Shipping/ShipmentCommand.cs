namespace EventFunctions.Domain.Shipping;

/// <summary>What can be asked of a shipment. Which one is said by the stream that the command is sent to.</summary>
public abstract record ShipmentCommand
{
    private protected ShipmentCommand()
    {
    }
}

/// <summary>The carrier has taken the shipment on.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CarrierShipmentId">The carrier's id.</param>
/// <param name="TrackingNumber">The carrier's number for the customer.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="CustomerId">To whom.</param>
public sealed record CreateShipment(OrderId OrderId, string CarrierShipmentId, string TrackingNumber, Address Address, CustomerId? CustomerId = null) : ShipmentCommand;

/// <summary>The shipment is on its way.</summary>
public sealed record DispatchShipment : ShipmentCommand;

/// <summary>The shipment has arrived.</summary>
/// <param name="DeliveredAt">When, as the carrier says; a time in the future is taken for now.</param>
public sealed record DeliverShipment(DateTimeOffset DeliveredAt) : ShipmentCommand;

/// <summary>The carrier will not deliver the shipment.</summary>
/// <param name="Reason">For a person; kept to its first 500 characters.</param>
public sealed record CancelShipment(string Reason) : ShipmentCommand;
