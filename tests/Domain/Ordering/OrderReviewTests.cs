using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using static EventFunctions.Domain.Tests.Kit.Sample;

namespace EventFunctions.Domain.Tests.Ordering;

/// <summary>How a review ends: one decision, the first, and none after the time is up.</summary>
public sealed class OrderReviewTests
{
    private static readonly OrderPlaced Large = new(TheOrder, Customer, Lines, Lines.Total, Home, Token, NeedsReview: true);
    private static readonly OrderPlaced Small = Large with { NeedsReview = null };
    private static readonly OrderApproved Approved = new(TheOrder, Customer, "eve");
    private static readonly OrderCancelled Rejected = new(TheOrder, Customer, OrderReview.RejectedCode, "Looks like fraud.");
    private static readonly OrderCancelled Expired = new(TheOrder, Customer, OrderReview.TimeoutCode, "The order was not reviewed in time.");

    public static TheoryData<OrderEvent[], string> Rejections => new()
    {
        { [], OrderRejections.NotFound },
        { [Small], OrderRejections.NoReview },
        { [Large, Approved], OrderRejections.AlreadyApproved },
        { [Large, Expired], OrderRejections.Cancelled },
    };

    public static TheoryData<OrderEvent[]> Decided => new(
        (OrderEvent[])[],
        [Small],
        [Large, Approved],
        [Large, Approved, new OrderConfirmed(TheOrder, Customer)],
        [Large, Rejected],
        [Large, Expired]);

    [Fact]
    public void A_waiting_order_is_rejected_with_the_reviewers_reason() =>
        Assert.Equal([Rejected], Events(OrderReview.Reject(After(Large), "Looks like fraud.", Now)));

    [Fact]
    public void A_rejection_said_again_changes_nothing() =>
        Assert.Empty(Events(OrderReview.Reject(After(Large, Rejected), "Looks like fraud.", Now)));

    [Theory]
    [MemberData(nameof(Rejections))]
    public void An_order_that_does_not_wait_is_not_rejected(OrderEvent[] past, string code) => Assert.Equal(
        code, Assert.IsType<Decision<OrderEvent>.Rejected>(OrderReview.Reject(After(past), "Looks like fraud.", Now)).Reason.Code);

    [Fact]
    public void A_waiting_order_is_cancelled_when_the_time_is_up() => Assert.Equal([Expired], Events(OrderReview.Expire(After(Large), Now)));

    [Theory]
    [MemberData(nameof(Decided))]
    public void The_end_of_the_time_changes_nothing_where_nobody_waits(OrderEvent[] past)
    {
        Assert.False(OrderReview.IsPending(After(past)));
        Assert.Empty(Events(OrderReview.Expire(After(past), Now)));
    }

    private static Order After(params OrderEvent[] past) => past.Aggregate(Order.Initial, (order, e) => order.Apply(e));

    private static IReadOnlyList<OrderEvent> Events(Decision<OrderEvent> decision) => Assert.IsType<Decision<OrderEvent>.Accepted>(decision).Events;
}
