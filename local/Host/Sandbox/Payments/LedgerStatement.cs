namespace EventFunctions.Local.Host.Sandbox.Payments;

/// <summary>The provider's books at one moment.</summary>
/// <param name="Authorizations">Every authorisation, in no particular order.</param>
/// <param name="Totals">Per currency.</param>
internal sealed record LedgerStatement(IReadOnlyList<LedgerLine> Authorizations, IReadOnlyList<LedgerTotal> Totals);

/// <summary>An authorisation as the books show it: without the card.</summary>
/// <param name="AuthorizationId">The provider's id.</param>
/// <param name="Reference">The merchant's own name for it.</param>
/// <param name="Amount">What was held.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Captured">What was taken.</param>
/// <param name="Refunded">What was given back.</param>
/// <param name="Voided">Whether it was let go.</param>
internal sealed record LedgerLine(
    string AuthorizationId, string Reference, decimal Amount, string Currency, decimal Captured, decimal Refunded, bool Voided)
{
    /// <summary>The line of an authorisation.</summary>
    public static LedgerLine Of(Authorization held) =>
        new(held.AuthorizationId, held.Reference, held.Amount, held.Currency, held.Captured, held.Refunded, held.Voided);
}

/// <summary>The sums of one currency.</summary>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Authorizations">How many authorisations.</param>
/// <param name="Captured">What was taken.</param>
/// <param name="Refunded">What was given back.</param>
internal sealed record LedgerTotal(string Currency, int Authorizations, decimal Captured, decimal Refunded);
