using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Ordering;

/// <summary>How a review ends other than by <see cref="ApproveOrder"/>: the order is cancelled, but only while nobody has decided.</summary>
public static class OrderReview
{
    /// <summary>The reason code of an order whose reviewer said no.</summary>
    public const string RejectedCode = "review-rejected";

    /// <summary>The reason code of an order that nobody reviewed in time.</summary>
    public const string TimeoutCode = "review-timeout";

    /// <summary>Whether somebody still has to decide on the order.</summary>
    public static bool IsPending(Order state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state is { Status: OrderStatus.Placed, NeedsReview: true, Reviewer: null };
    }

    /// <summary>The reviewer says no. Said again, it changes nothing.</summary>
    /// <param name="state">The order as it is.</param>
    /// <param name="reason">For the customer; kept to its first 500 characters.</param>
    /// <param name="now">The time of the decision.</param>
    public static Decision<OrderEvent> Reject(Order state, string reason, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state switch
        {
            { Id: null } => Decision<OrderEvent>.Reject(OrderRejections.NotFound, "There is no such order."),
            { Cancellation.Code: RejectedCode } => Decision<OrderEvent>.Accept(),
            { Status: OrderStatus.Cancelled } => Decision<OrderEvent>.Reject(OrderRejections.Cancelled, "The order is cancelled."),
            { NeedsReview: false } => Decision<OrderEvent>.Reject(OrderRejections.NoReview, "Nobody has to review the order."),
            { Reviewer: { } reviewer } => Decision<OrderEvent>.Reject(OrderRejections.AlreadyApproved, $"{reviewer} has approved the order."),
            _ => OrderDecider.Decide(state, new CancelOrder(RejectedCode, reason), now),
        };
    }

    /// <summary>The time for a review is up. An order that was decided on, at the last moment too, stays as it is.</summary>
    /// <param name="state">The order as it is.</param>
    /// <param name="now">The time of the decision.</param>
    public static Decision<OrderEvent> Expire(Order state, DateTimeOffset now) => IsPending(state)
        ? OrderDecider.Decide(state, new CancelOrder(TimeoutCode, "The order was not reviewed in time."), now)
        : Decision<OrderEvent>.Accept();
}
