using System.Diagnostics;
using EventFunctions.EventSourcing;
using static EventFunctions.EventSourcing.Decision<EventFunctions.Domain.Payments.PaymentEvent>;

namespace EventFunctions.Domain.Payments;

/// <summary>What a payment answers to commands.</summary>
/// <remarks>
/// Records of the provider's deeds that are known already do nothing, however late they arrive. A late success after a
/// failure is a fact too and is recorded: a time-out may hide an authorisation or a capture that took place, and only what
/// is recorded can be voided or refunded. After a void nothing is captured; after a capture nothing is voided, it is
/// refunded; a void when everything is refunded, or when nothing was ever authorised because that failed, has nothing to do.
/// </remarks>
public static class PaymentDecider
{
    /// <summary>Decides on a command.</summary>
    /// <param name="state">The payment as it is.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time of the decision; payments do not depend on it.</param>
    public static Decision<PaymentEvent> Decide(Payment state, PaymentCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (command is StartPayment start)
        {
            return Start(state, start);
        }

        if (state is not { OrderId: { } orderId, Amount: { } total, Captured: { } captured, Refunded: { } refunded })
        {
            return Reject(PaymentRejections.NotFound, "There is no such payment.");
        }

        return command switch
        {
            RecordAuthorization(var amount, _) when amount != total =>
                Reject(PaymentRejections.AmountMismatch, $"{total} is to be authorised, not {amount}."),
            RecordAuthorization(_, var id) when state.AuthorizationId is not null => OnlyTheSame(state, id, Accept()),
            RecordAuthorization(var amount, var id) => Accept(new PaymentAuthorized(orderId, amount, id)),
            RecordCapture capture => Capture(state, capture, new PaymentCaptured(orderId, capture.Amount, capture.CaptureId), captured, total),
            RecordFailure failure => Fail(state, new PaymentFailed(orderId, failure.ReasonCode, ReasonText.Cut(failure.Reason))),
            RecordVoid(var id) => Void(state, id, new PaymentVoided(orderId, id)),
            RecordRefund refund => Refund(state, refund, new PaymentRefunded(orderId, refund.Amount, refund.RefundId), refunded, captured),
            _ => throw new UnreachableException($"Payments have no command {command.GetType()}."),
        };
    }

    private static Decision<PaymentEvent> Start(Payment state, StartPayment command) => state.Status switch
    {
        PaymentStatus.None when command.Amount.IsZero => Reject(PaymentRejections.AmountZero, "There is nothing to pay."),
        PaymentStatus.None => Accept(new PaymentProcessing(command.OrderId, command.Amount)),
        _ when state.OrderId == command.OrderId && state.Amount == command.Amount => Accept(),
        _ => Reject(PaymentRejections.AlreadyStarted, $"The payment of {state.Amount} for order {state.OrderId} has begun."),
    };

    private static Decision<PaymentEvent> Capture(Payment state, RecordCapture command, PaymentCaptured step, Money captured, Money total) =>
        state.Captures.Find(c => c.Id == command.CaptureId) is { } known
            ? known.Amount == command.Amount
                ? Accept()
                : Reject(PaymentRejections.CaptureConflict, $"Capture {known.Id} took {known.Amount}, not {command.Amount}.")
            : state.Status switch
            {
                PaymentStatus.Voided => Reject(PaymentRejections.Voided, "The authorisation is voided."),
                PaymentStatus.Refunded => Reject(PaymentRejections.Refunded, "The payment is refunded."),
                _ when state.AuthorizationId is null => Reject(PaymentRejections.NotAuthorized, "Nothing is authorised."),
                _ => Transfer(state.Captures.Count, command.Amount, captured, total, PaymentRejections.CaptureTooLarge, step),
            };

    private static Decision<PaymentEvent> Refund(Payment state, RecordRefund command, PaymentRefunded step, Money refunded, Money captured) =>
        state.Refunds.Find(r => r.Id == command.RefundId) is { } known
            ? known.Amount == command.Amount
                ? Accept()
                : Reject(PaymentRejections.RefundConflict, $"Refund {known.Id} gave back {known.Amount}, not {command.Amount}.")
            : captured.IsZero
                ? Reject(PaymentRejections.NotCaptured, "Nothing was captured.")
                : Transfer(state.Refunds.Count, command.Amount, refunded, captured, PaymentRejections.RefundTooLarge, step);

    private static Decision<PaymentEvent> Transfer(int count, Money amount, Money soFar, Money limit, string tooLarge, PaymentEvent step) =>
        amount.IsZero
            ? Reject(PaymentRejections.AmountZero, "No money moved.")
            : amount.Currency != limit.Currency
                ? Reject(PaymentRejections.AmountMismatch, $"The payment is in {limit.Currency}, not in {amount.Currency}.")
                : amount.Exceeds(limit.Subtract(soFar))
                    ? Reject(tooLarge, $"{amount} is more than what is left of {limit} after {soFar}.")
                    : count >= Payment.MaxTransfers
                        ? Reject(PaymentRejections.TooManyTransfers, $"A payment has at most {Payment.MaxTransfers} captures and as many refunds.")
                        : Accept(step);

    private static Decision<PaymentEvent> Fail(Payment state, PaymentFailed failed) => state.Status switch
    {
        PaymentStatus.Processing or PaymentStatus.Authorized => Accept(failed),
        _ when state.Failure is not null => Accept(),
        PaymentStatus.Voided => Reject(PaymentRejections.Voided, "The authorisation is voided; there was nothing left to fail."),
        PaymentStatus.Refunded => Reject(PaymentRejections.Refunded, "The payment is refunded."),
        _ => Reject(PaymentRejections.Captured, "The payment is captured."),
    };

    private static Decision<PaymentEvent> Void(Payment state, string authorizationId, PaymentVoided voided) => state.Status switch
    {
        PaymentStatus.Processing => Reject(PaymentRejections.NotAuthorized, "Nothing is authorised."),
        PaymentStatus.Failed when state.AuthorizationId is null => Accept(),
        PaymentStatus.Captured => Reject(PaymentRejections.Captured, "The payment is captured; it can only be refunded."),
        PaymentStatus.Voided or PaymentStatus.Refunded => OnlyTheSame(state, authorizationId, Accept()),
        _ => OnlyTheSame(state, authorizationId, Accept(voided)),
    };

    private static Decision<PaymentEvent> OnlyTheSame(Payment state, string authorizationId, Decision<PaymentEvent> decision) =>
        state.AuthorizationId == authorizationId
            ? decision
            : Reject(PaymentRejections.AuthorizationMismatch, $"The payment's authorisation is {state.AuthorizationId}, not {authorizationId}.");
}
