using System.Diagnostics;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Shipping;

/// <summary>The state of an order's shipment. What is <see langword="null"/> has not happened.</summary>
public sealed record Shipment : IAggregate<Shipment, ShipmentEvent>
{
    /// <inheritdoc/>
    public static string Category => "shipping";

    /// <inheritdoc/>
    public static int StateSchema => 1;

    /// <inheritdoc/>
    public static Shipment Initial { get; } = new();

    /// <summary>The order; set from the first event on.</summary>
    public OrderId? OrderId { get; init; }

    /// <summary>How far it has come.</summary>
    public ShipmentStatus Status { get; init; }

    /// <summary>The carrier's id.</summary>
    public string? CarrierShipmentId { get; init; }

    /// <summary>The carrier's number for the customer.</summary>
    public string? TrackingNumber { get; init; }

    /// <summary>To whom it goes; not known of shipments from before addresses were sealed.</summary>
    [DataSubject]
    public CustomerId? CustomerId { get; init; }

    /// <summary>Where it goes.</summary>
    [PersonalData]
    public Address? Address { get; init; }

    /// <summary>When it arrived; UTC.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Why it was cancelled.</summary>
    public string? CancellationReason { get; init; }

    /// <summary>The stream of an order's shipment.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public static StreamName StreamOf(OrderId orderId, string? tenant = null)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        return new StreamName(Category, orderId.ToString(), tenant);
    }

    /// <inheritdoc/>
    public Shipment Apply(ShipmentEvent @event) => @event switch
    {
        ShipmentCreated e => this with
        {
            OrderId = e.OrderId,
            Status = ShipmentStatus.Created,
            CarrierShipmentId = e.CarrierShipmentId,
            TrackingNumber = e.TrackingNumber,
            Address = e.Address,
            CustomerId = e.CustomerId,
        },
        ShipmentDispatched => this with { Status = ShipmentStatus.Dispatched },
        ShipmentDelivered e => this with { Status = ShipmentStatus.Delivered, DeliveredAt = e.DeliveredAt },
        ShipmentCancelled e => this with { Status = ShipmentStatus.Cancelled, CancellationReason = e.Reason },
        _ => throw new UnreachableException($"Shipments have no event {@event.GetType()}."),
    };
}
