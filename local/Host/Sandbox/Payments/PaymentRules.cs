using EventFunctions.Local.Host.Sandbox.Exchange;
using static EventFunctions.Local.Host.Sandbox.Payments.PaymentOutcome;

namespace EventFunctions.Local.Host.Sandbox.Payments;

/// <summary>The payment provider's rules: never more captured than authorised, never more refunded than captured.</summary>
internal static class PaymentRules
{
    private static readonly HashSet<string> Tokens =
        ["tok_ok", "tok_declined", "tok_insufficient", "tok_flaky", "tok_timeout", "tok_slow", "tok_down", "tok_capture_declined"];

    /// <summary>Decides on an operation.</summary>
    /// <param name="current">The authorisation it names, as far as there is one.</param>
    /// <param name="operation">What is asked.</param>
    /// <param name="newId">The id of an authorisation that comes to be.</param>
    public static PaymentOutcome Decide(Authorization? current, PaymentOperation operation, string newId) => (operation, current) switch
    {
        (PaymentOperation.Authorize { Amount: <= 0 } or PaymentOperation.Capture { Amount: <= 0 } or PaymentOperation.Refund { Amount: <= 0 }, _) =>
            new Refused(422, "amount_invalid", "The amount must be more than 0."),

        (PaymentOperation.Authorize { Token: "tok_declined" }, _) => new Declined("card_declined", "The card's issuer declined the payment."),
        (PaymentOperation.Authorize { Token: "tok_insufficient" }, _) => new Declined("insufficient_funds", "The card's account does not hold the amount."),
        (PaymentOperation.Authorize ask, _) when !Tokens.Contains(ask.Token) => new Refused(422, "token_unknown", $"There is no card '{ask.Token}'."),
        (PaymentOperation.Authorize ask, _) => new Done(new Authorization(newId, ask.Reference, ask.Amount, ask.Currency, ask.Token)),

        (_, null) => new Refused(404, "authorization_not_found", "There is no such authorisation."),
        (not PaymentOperation.Authorize, { Voided: true }) => new Refused(409, "authorization_voided", "The authorisation was voided."),

        (PaymentOperation.Capture, { Token: "tok_capture_declined" }) => new Declined("capture_declined", "The card's issuer declined the capture."),
        (PaymentOperation.Capture ask, var held) when held.Captured + ask.Amount > held.Amount =>
            new Refused(409, "capture_exceeds_authorization", $"{held.Amount - held.Captured} {held.Currency} are left to capture."),
        (PaymentOperation.Capture ask, var held) => new Done(held with { Captured = held.Captured + ask.Amount }),

        (PaymentOperation.Void, { Captured: > 0 }) => new Refused(409, "authorization_captured", "What was captured can only be refunded."),
        (PaymentOperation.Void, var held) => new Done(held with { Voided = true }),

        (PaymentOperation.Refund ask, var held) when held.Refunded + ask.Amount > held.Captured =>
            new Refused(409, "refund_exceeds_capture", $"{held.Captured - held.Refunded} {held.Currency} are left to refund."),
        (PaymentOperation.Refund ask, var held) => new Done(held with { Refunded = held.Refunded + ask.Amount }),

        _ => throw new InvalidOperationException($"There is no operation {operation}."),
    };

    /// <summary>The fault that a card's token asks for.</summary>
    /// <param name="token">The card.</param>
    /// <param name="operation">What is asked.</param>
    /// <param name="attempt">The number of the try, from 1.</param>
    public static Fault FaultOf(string? token, PaymentOperation operation, int attempt) => token switch
    {
        "tok_flaky" => Fault.Flaky(attempt, 500),
        "tok_timeout" => Fault.HangOnce(attempt),
        "tok_slow" when operation is PaymentOperation.Authorize => new Fault.Slow(),
        "tok_down" => new Fault.Fail(503),
        _ => new Fault.None(),
    };
}
