using System.Diagnostics;
using EventFunctions.EventSourcing;
using static EventFunctions.EventSourcing.Decision<EventFunctions.Domain.Inventory.StockItemEvent>;

namespace EventFunctions.Domain.Inventory;

/// <summary>What a stock item answers to commands.</summary>
/// <remarks>
/// An order reserves a product once. Reserve and commit repeated do nothing, also late; release of what is released or was
/// never reserved does nothing, so that an undo is always safe. A released reservation is not made again and a committed one
/// is not released: those are refused for the newest <see cref="StockItem.ClosedReservationsKept"/> ended reservations. A
/// refused reserve leaves no trace, and one that is first decided after its order's release makes a reservation: who sends it gives it back.
/// </remarks>
public static class StockItemDecider
{
    /// <summary>Decides on a command.</summary>
    /// <param name="state">The stock as it is.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time of the decision; stock does not depend on it.</param>
    public static Decision<StockItemEvent> Decide(StockItem state, StockItemCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return command switch
        {
            Replenish replenish => OnReplenish(state, replenish),
            Reserve reserve => OnReserve(state, reserve),
            Release release => OnRelease(state, release.OrderId),
            Commit commit => OnCommit(state, commit.OrderId),
            _ => throw new UnreachableException($"Stock has no command {command.GetType()}."),
        };
    }

    private static Decision<StockItemEvent> OnReplenish(StockItem state, Replenish command)
    {
        if (state.ProductId is { } product && product != command.ProductId)
        {
            return Reject(StockItemRejections.ProductMismatch, $"This is the stock of {product}, not of {command.ProductId}.");
        }

        if (command.LowStockThreshold is < 0 or > Quantity.MaxValue)
        {
            return Reject(StockItemRejections.ThresholdRange, $"The low-stock threshold is 0 to {Quantity.MaxValue}.");
        }

        return state.OnHand > StockItem.MaxOnHand - command.Quantity.Value
            ? Reject(StockItemRejections.TooMuch, $"At most {StockItem.MaxOnHand} pieces can be on hand; there are {state.OnHand}.")
            : AcceptAndWatch(state, new StockReplenished(command.ProductId, command.Quantity, command.LowStockThreshold ?? state.LowStockThreshold));
    }

    private static Decision<StockItemEvent> OnReserve(StockItem state, Reserve command)
    {
        var (orderId, quantity) = command;
        if (state.ProductId is not { } product)
        {
            return Reject(StockItemRejections.NotFound, "The product was never stocked.");
        }

        if (state.Reservations.GetValueOrDefault(orderId) is { } reserved)
        {
            return RepeatedReserve(reserved, quantity);
        }

        return state.FindClosed(orderId) switch
        {
            { Outcome: ReservationOutcome.Released } => Reject(StockItemRejections.ReservationReleased, "The order's reservation was released."),
            { } committed => RepeatedReserve(committed.Quantity, quantity),
            null when state.Available < quantity.Value =>
                Reject(StockItemRejections.OutOfStock, $"{quantity} of {product} are wanted and {state.Available} are available."),
            null when state.Reservations.Count >= StockItem.MaxReservations =>
                Reject(StockItemRejections.TooManyReservations, $"{StockItem.MaxReservations} orders have reservations of {product} already."),
            null => AcceptAndWatch(state, new StockReserved(product, orderId, quantity)),
        };
    }

    private static Decision<StockItemEvent> RepeatedReserve(Quantity reserved, Quantity wanted) => reserved == wanted
        ? Accept()
        : Reject(StockItemRejections.ReservationConflict, $"The order has reserved {reserved}, not {wanted}.");

    private static Decision<StockItemEvent> OnRelease(StockItem state, OrderId orderId) =>
        state.ProductId is { } product && state.Reservations.GetValueOrDefault(orderId) is { } reserved
            ? AcceptAndWatch(state, new StockReleased(product, orderId, reserved))
            : state.FindClosed(orderId) is { Outcome: ReservationOutcome.Committed }
                ? Reject(StockItemRejections.ReservationCommitted, "The order's pieces have left.")
                : Accept();

    private static Decision<StockItemEvent> OnCommit(StockItem state, OrderId orderId)
    {
        if (state.ProductId is { } product && state.Reservations.GetValueOrDefault(orderId) is { } reserved)
        {
            return AcceptAndWatch(state, new StockCommitted(product, orderId, reserved));
        }

        return state.FindClosed(orderId) switch
        {
            { Outcome: ReservationOutcome.Committed } => Accept(),
            { } => Reject(StockItemRejections.ReservationReleased, "The order's reservation was released."),
            null => Reject(StockItemRejections.ReservationNotFound, "Nothing is reserved for the order."),
        };
    }

    private static Decision<StockItemEvent> AcceptAndWatch(StockItem state, StockItemEvent happened)
    {
        var after = state.Apply(happened);
        return after.Available < after.LowStockThreshold && !after.LowStockAlerted
            ? Accept(happened, new LowStockAlerted(happened.ProductId, after.Available, after.LowStockThreshold))
            : Accept(happened);
    }
}
