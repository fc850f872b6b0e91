using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Ordering.Choreography;

/// <summary>Closes orders whose parcel has arrived.</summary>
/// <remarks>
/// The carrier can be faster than the order: word of the arrival then finds an order that is not shipped yet. So both look: whoever
/// handles the arrival at the order, and whoever handles the shipping at the parcel. Each looks after its own event is committed, so
/// at least one of them sees both.
/// </remarks>
/// <param name="orders">The orders.</param>
/// <param name="shipments">The parcels.</param>
/// <param name="logger">Gets parcels that arrived though their order says otherwise.</param>
public sealed class OrderDelivery(
    OrderCommandStep orders, IAggregateRepository<Shipment, ShipmentEvent> shipments, ILogger<OrderDelivery> logger)
{
    /// <summary>Closes an order if its parcel has arrived.</summary>
    public async Task CloseIfArrivedAsync(SagaTrace trace, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var shipment = await shipments.LoadAsync(Shipment.StreamOf(trace.ToOrderId(), trace.Tenant), cancellationToken);
        if (shipment.State.DeliveredAt is { } deliveredAt)
        {
            await CloseAsync(trace, deliveredAt, cancellationToken);
        }
    }

    /// <summary>Closes an order whose parcel has arrived, unless it is not shipped yet.</summary>
    public async Task CloseAsync(SagaTrace trace, DateTimeOffset deliveredAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var outcome = await orders.SendAsync(trace, OrderSteps.MarkOrderDelivered, new DeliverOrder(deliveredAt), cancellationToken);
        if (!outcome.IsDone && outcome.Code != OrderRejections.Status)
        {
            logger.LogError("The parcel of order {OrderId} arrived, but the order refuses: {Reason} ({Code})", trace.OrderId, outcome.Reason, outcome.Code);
        }
    }
}
