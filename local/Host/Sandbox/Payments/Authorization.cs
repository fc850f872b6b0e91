namespace EventFunctions.Local.Host.Sandbox.Payments;

/// <summary>An amount held on a card, and what became of it.</summary>
/// <param name="AuthorizationId">The provider's id.</param>
/// <param name="Reference">The merchant's own name for it.</param>
/// <param name="Amount">What may be captured at most.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Token">The card's token, which decides how later operations behave.</param>
/// <param name="Captured">What was captured so far.</param>
/// <param name="Refunded">What of it was given back.</param>
/// <param name="Voided">Whether it was let go.</param>
internal sealed record Authorization(
    string AuthorizationId,
    string Reference,
    decimal Amount,
    string Currency,
    string Token,
    decimal Captured = 0,
    decimal Refunded = 0,
    bool Voided = false);
