using EventFunctions.Domain;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;

namespace EventFunctions.Shipping.Views;

/// <summary>An order's shipment. The address is the order's to show.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="CarrierShipmentId">The carrier's id.</param>
/// <param name="TrackingNumber">The carrier's number for the customer.</param>
/// <param name="CreatedAt">When the carrier took it on, UTC.</param>
/// <param name="UpdatedAt">When its newest event happened, UTC.</param>
/// <param name="Version">The version of the shipment it shows.</param>
/// <param name="DispatchedAt">When its dispatch was recorded, UTC.</param>
/// <param name="DeliveredAt">When it arrived, as the carrier says, UTC.</param>
/// <param name="CancellationReason">Why the carrier will not deliver it.</param>
public sealed record ShipmentView(
    OrderId OrderId,
    ShipmentStatus Status,
    string CarrierShipmentId,
    string TrackingNumber,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version,
    DateTimeOffset? DispatchedAt = null,
    DateTimeOffset? DeliveredAt = null,
    string? CancellationReason = null);

/// <summary>Shows the shipment of each order. All are in one partition, which operators list.</summary>
public sealed class ShipmentViewProjection : IProjection<ShipmentView>
{
    /// <summary>The stored kind of the views.</summary>
    public const string Kind = "shipment";

    /// <summary>The partition of all shipments.</summary>
    public const string Partition = "shipments";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>Where the view of an order's shipment is kept.</summary>
    public static ViewKey KeyOf(OrderId orderId)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        return new ViewKey(Partition, orderId.ToString());
    }

    /// <inheritdoc/>
    public ViewKey KeyOf(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return KeyOf(((ShipmentEvent)envelope.Data).OrderId);
    }

    /// <inheritdoc/>
    public ShipmentView Apply(ShipmentView? view, EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var next = envelope.Data switch
        {
            ShipmentCreated e => new ShipmentView(
                e.OrderId, ShipmentStatus.Created, e.CarrierShipmentId, e.TrackingNumber, envelope.Time, envelope.Time, envelope.Version),
            _ when view is null => throw new InvalidOperationException($"'{envelope.Stream}' begins with '{envelope.Type}': a shipment begins with being created."),
            ShipmentDispatched => view with { Status = ShipmentStatus.Dispatched, DispatchedAt = envelope.Time },
            ShipmentDelivered e => view with { Status = ShipmentStatus.Delivered, DeliveredAt = e.DeliveredAt },
            ShipmentCancelled e => view with { Status = ShipmentStatus.Cancelled, CancellationReason = e.Reason },
            _ => view,
        };
        return next with { UpdatedAt = envelope.Time, Version = envelope.Version };
    }
}
