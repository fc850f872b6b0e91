using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Ordering;

/// <summary>What is true of every event of an order.</summary>
public sealed class OrderEventRules : IEventRules<OrderEvent>
{
    /// <summary>The total of a placed order is the sum of its lines.</summary>
    public const string Total = "order-total";

    /// <summary>A paid amount is more than nothing.</summary>
    public const string PaidAmount = "order-paid-amount";

    /// <summary>A shipped order has a tracking number.</summary>
    public const string TrackingNumber = "order-tracking-number";

    /// <summary>A cancellation has a reason code.</summary>
    public const string ReasonCode = "order-reason-code";

    /// <summary>A cancellation's reason has at most 500 characters.</summary>
    public const string ReasonLength = "order-reason-length";

    /// <summary>A reviewer has a name, of <see cref="MaxReviewerLength"/> characters at most.</summary>
    public const string Reviewer = "order-reviewer";

    /// <summary>The longest name of a reviewer, in characters.</summary>
    public const int MaxReviewerLength = 200;

    /// <inheritdoc/>
    public IEnumerable<EventProblem> Problems(OrderEvent @event) => Broken(@event).OfType<EventProblem>();

    private static EventProblem?[] Broken(OrderEvent @event) => @event switch
    {
        OrderPlaced e when e.Total != e.Lines.Total => [new(Total, $"The total is {e.Total}, and the lines add up to {e.Lines.Total}.")],
        OrderPaid e => [Rule.Positive(PaidAmount, e.Amount)],
        OrderShipped e => [Rule.Present(TrackingNumber, e.TrackingNumber)],
        OrderApproved { Reviewer.Length: > MaxReviewerLength } => [new(Reviewer, $"A reviewer's name has at most {MaxReviewerLength} characters.")],
        OrderApproved e => [Rule.Present(Reviewer, e.Reviewer)],
        OrderCancelled e => [Rule.Present(ReasonCode, e.ReasonCode), Rule.Reason(ReasonLength, e.Reason)],
        _ => [],
    };
}
