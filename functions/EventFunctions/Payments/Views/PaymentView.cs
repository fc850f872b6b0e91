using EventFunctions.Domain;
using EventFunctions.Domain.Payments;

namespace EventFunctions.Payments.Views;

/// <summary>An order's payment. It has no card token.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="Amount">What is to be paid.</param>
/// <param name="Captured">How much was taken.</param>
/// <param name="Refunded">How much was given back.</param>
/// <param name="Captures">What was taken, in order.</param>
/// <param name="Refunds">What was given back, in order.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="UpdatedAt">When its newest event happened, UTC.</param>
/// <param name="Version">The version of the payment it shows.</param>
/// <param name="Failure">The newest failure, if there was one.</param>
public sealed record PaymentView(
    OrderId OrderId,
    PaymentStatus Status,
    Money Amount,
    Money Captured,
    Money Refunded,
    IReadOnlyList<PaymentTransfer> Captures,
    IReadOnlyList<PaymentTransfer> Refunds,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    long Version,
    PaymentFailure? Failure = null);

/// <summary>Money that moved.</summary>
/// <param name="Id">The provider's id of the capture or refund.</param>
/// <param name="Amount">How much.</param>
/// <param name="At">When it was recorded, UTC.</param>
public sealed record PaymentTransfer(string Id, Money Amount, DateTimeOffset At);
