using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Views;

/// <summary>An order as a line of its customer's list.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Total">What it costs.</param>
/// <param name="PlacedAt">When it was placed, UTC.</param>
/// <param name="Version">The version of the order it shows.</param>
public sealed record CustomerOrderView(OrderId OrderId, OrderStatus Status, Money Total, DateTimeOffset PlacedAt, long Version);

/// <summary>Lists the orders of each customer.</summary>
public sealed class CustomerOrdersProjection : IProjection<CustomerOrderView>
{
    /// <summary>The stored kind of the views.</summary>
    public const string Kind = "customer-order";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>The partition of a customer's list.</summary>
    public static string PartitionOf(CustomerId customerId) => $"customer-{customerId}";

    /// <inheritdoc/>
    public ViewKey KeyOf(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var data = (OrderEvent)envelope.Data;
        return new ViewKey(PartitionOf(data.CustomerId), data.OrderId.ToString());
    }

    /// <inheritdoc/>
    public CustomerOrderView Apply(CustomerOrderView? view, EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var next = envelope.Data switch
        {
            OrderPlaced e => new CustomerOrderView(e.OrderId, OrderStatus.Placed, e.Total, envelope.Time, envelope.Version),
            _ when view is null => throw new InvalidOperationException($"'{envelope.Stream}' begins with '{envelope.Type}': an order begins with being placed."),
            OrderConfirmed => view with { Status = OrderStatus.Confirmed },
            OrderPaid => view with { Status = OrderStatus.Paid },
            OrderShipped => view with { Status = OrderStatus.Shipped },
            OrderDelivered => view with { Status = OrderStatus.Delivered },
            OrderCancelled => view with { Status = OrderStatus.Cancelled },
            _ => view,
        };
        return next with { Version = envelope.Version };
    }
}
