using System.Diagnostics;
using EventFunctions.EventSourcing;
using static EventFunctions.EventSourcing.Decision<EventFunctions.Domain.Ordering.OrderEvent>;

namespace EventFunctions.Domain.Ordering;

/// <summary>
/// What an order answers to commands. A command whose wish already holds, also one that arrives late, does nothing; the first
/// cancellation's reason stays. A cancelled order goes no further, whatever arrives.
/// </summary>
public static class OrderDecider
{
    /// <summary>Decides on a command.</summary>
    /// <param name="state">The order as it is.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time of the decision.</param>
    public static Decision<OrderEvent> Decide(Order state, OrderCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (command is PlaceOrder place)
        {
            return Place(state, place);
        }

        if (state is not { Id: { } id, CustomerId: { } customer, Lines: { } lines })
        {
            return Reject(OrderRejections.NotFound, "There is no such order.");
        }

        return command switch
        {
            ApproveOrder approve => Approve(state, new OrderApproved(id, customer, approve.Reviewer)),
            ConfirmOrder when state is { Status: OrderStatus.Placed, NeedsReview: true, Reviewer: null } =>
                Reject(OrderRejections.ReviewPending, "The order has to be reviewed first."),
            ConfirmOrder => Advance(state, OrderStatus.Confirmed, new OrderConfirmed(id, customer)),
            PayOrder pay when pay.Amount != lines.Total =>
                Reject(OrderRejections.AmountMismatch, $"The order costs {lines.Total}, not {pay.Amount}."),
            PayOrder pay => Advance(state, OrderStatus.Paid, new OrderPaid(id, customer, pay.Amount)),
            ShipOrder ship when state.TrackingNumber is { } number && number != ship.TrackingNumber =>
                Reject(OrderRejections.AlreadyShipped, $"The order was shipped as {number}."),
            ShipOrder ship => Advance(state, OrderStatus.Shipped, new OrderShipped(id, customer, ship.TrackingNumber)),
            DeliverOrder deliver => Advance(state, OrderStatus.Delivered, new OrderDelivered(id, customer, PastTime.Of(deliver.DeliveredAt, now))),
            CancelOrder cancel => Cancel(state, new OrderCancelled(id, customer, cancel.ReasonCode, ReasonText.Cut(cancel.Reason))),
            _ => throw new UnreachableException($"Orders have no command {command.GetType()}."),
        };
    }

    private static Decision<OrderEvent> Place(Order state, PlaceOrder command)
    {
        if (!OrderLines.TryCreate(command.Lines, out var lines, out var broken))
        {
            return new Rejected(broken);
        }

        if (!command.ShippingAddress.IsRecorded)
        {
            return Reject(OrderRejections.AddressNotRecorded, "The order has no address that it can be sent to.");
        }

        if (state.Status == OrderStatus.None)
        {
            return Accept(new OrderPlaced(
                command.OrderId,
                command.CustomerId,
                lines,
                lines.Total,
                command.ShippingAddress,
                command.PaymentToken,
                command.Flow,
                command.NeedsReview ? true : null));
        }

        // Who leads the order and whether it is reviewed is settled by the first request, whatever the settings are by now.
        var asPlaced = state.Id == command.OrderId && state.CustomerId == command.CustomerId && lines.Equals(state.Lines)
            && state.ShippingAddress == command.ShippingAddress && state.PaymentToken == command.PaymentToken;
        return asPlaced ? Accept() : Reject(OrderRejections.AlreadyPlaced, "The order exists and was placed with other content.");
    }

    private static Decision<OrderEvent> Approve(Order state, OrderApproved approved) => state switch
    {
        { Status: OrderStatus.Cancelled } => Reject(OrderRejections.Cancelled, "The order is cancelled."),
        { NeedsReview: false } => Reject(OrderRejections.NoReview, "Nobody has to review the order."),
        { Reviewer: not null } => Accept(),
        _ => Accept(approved),
    };

    private static Decision<OrderEvent> Advance(Order state, OrderStatus to, OrderEvent step) => state.Status switch
    {
        OrderStatus.Cancelled => Reject(OrderRejections.Cancelled, "The order is cancelled."),
        var status when status >= to => Accept(),
        var status when status == to - 1 => Accept(step),
        var status => Reject(OrderRejections.Status, $"The order is {status}; it can't become {to} yet."),
    };

    private static Decision<OrderEvent> Cancel(Order state, OrderCancelled cancelled) => state.Status switch
    {
        OrderStatus.Cancelled => Accept(),
        OrderStatus.Shipped or OrderStatus.Delivered => Reject(OrderRejections.NotCancellable, $"The order is {state.Status}; it can't be cancelled."),
        _ => Accept(cancelled),
    };
}
