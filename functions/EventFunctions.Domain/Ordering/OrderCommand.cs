namespace EventFunctions.Domain.Ordering;

/// <summary>What can be asked of an order. Which order is said by the stream that the command is sent to.</summary>
public abstract record OrderCommand
{
    private protected OrderCommand()
    {
    }
}

/// <summary>Order something.</summary>
/// <param name="OrderId">The new order.</param>
/// <param name="CustomerId">Whose order it is.</param>
/// <param name="Lines">What is ordered; the rules of <see cref="OrderLines"/> are checked by the decision.</param>
/// <param name="ShippingAddress">Where it goes; <see cref="Address.NotRecorded"/> is refused.</param>
/// <param name="PaymentToken">What it is paid with.</param>
/// <param name="Flow">Who leads the order through its steps; none is <see cref="OrderFlow.Orchestration"/>.</param>
/// <param name="NeedsReview">Whether somebody has to look at the order before it is confirmed.</param>
public sealed record PlaceOrder(
    OrderId OrderId,
    CustomerId CustomerId,
    IReadOnlyList<OrderLine> Lines,
    Address ShippingAddress,
    PaymentToken PaymentToken,
    OrderFlow? Flow = null,
    bool NeedsReview = false) : OrderCommand;

/// <summary>Somebody has looked at the order and lets it go on.</summary>
/// <param name="Reviewer">Who: a user's name or id, 1 to <see cref="OrderEventRules.MaxReviewerLength"/> characters.</param>
public sealed record ApproveOrder(string Reviewer) : OrderCommand;

/// <summary>The stock is reserved and the payment authorised.</summary>
public sealed record ConfirmOrder : OrderCommand;

/// <summary>The payment is captured.</summary>
/// <param name="Amount">What was paid; must be the order's total.</param>
public sealed record PayOrder(Money Amount) : OrderCommand;

/// <summary>The carrier has taken the order on.</summary>
/// <param name="TrackingNumber">The carrier's number for the customer.</param>
public sealed record ShipOrder(string TrackingNumber) : OrderCommand;

/// <summary>The parcel has arrived.</summary>
/// <param name="DeliveredAt">When, as the carrier says; a time in the future is taken for now.</param>
public sealed record DeliverOrder(DateTimeOffset DeliveredAt) : OrderCommand;

/// <summary>Don't carry the order out.</summary>
/// <param name="ReasonCode">Stable, for programs, e.g. <c>out-of-stock</c>.</param>
/// <param name="Reason">For a person; kept to its first 500 characters.</param>
public sealed record CancelOrder(string ReasonCode, string Reason) : OrderCommand;
