using System.Net.Http.Json;

namespace EventFunctions.Local.Host.Demo.Shop;

/// <summary>The payment provider's books, as the sandbox shows them: what really became of the money.</summary>
internal sealed class PartnerBooks(HttpClient http)
{
    /// <summary>Every authorisation, by the merchant's reference.</summary>
    public async Task<ILookup<string, BookedAuthorization>> ReadAsync(CancellationToken cancellationToken)
    {
        var books = await http.GetFromJsonAsync<Books>(new Uri("payments/ledger", UriKind.Relative), cancellationToken);
        return (books?.Authorizations ?? []).ToLookup(line => line.Reference, StringComparer.Ordinal);
    }

    private sealed record Books(IReadOnlyList<BookedAuthorization> Authorizations);
}

/// <summary>An authorisation in the provider's books.</summary>
/// <param name="Reference">The merchant's own name for it.</param>
/// <param name="Amount">What was held.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Captured">What was taken.</param>
/// <param name="Refunded">What was given back.</param>
/// <param name="Voided">Whether it was let go.</param>
internal sealed record BookedAuthorization(string Reference, decimal Amount, string Currency, decimal Captured, decimal Refunded, bool Voided)
{
    /// <summary>What the merchant kept.</summary>
    public decimal Kept => Captured - Refunded;

    /// <summary>Whether the customer's money is free again.</summary>
    public bool IsUndone => Voided || (Captured > 0 && Refunded == Captured);
}
