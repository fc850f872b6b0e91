using System.Net.Http.Json;

namespace EventFunctions.Local.Host.Demo.Shop;

/// <summary>The books of the payment provider and the supplier, as the sandbox shows them: what really became of money and goods.</summary>
internal sealed class PartnerBooks(HttpClient http)
{
    /// <summary>Every authorisation, by the merchant's reference.</summary>
    public async Task<ILookup<string, BookedAuthorization>> ReadAsync(CancellationToken cancellationToken)
    {
        var books = await http.GetFromJsonAsync<Books>(new Uri("payments/ledger", UriKind.Relative), cancellationToken);
        return (books?.Authorizations ?? []).ToLookup(line => line.Reference, StringComparer.Ordinal);
    }

    /// <summary>The supplier's orders of a product.</summary>
    public async Task<IReadOnlyList<BookedSupply>> ReadSuppliesAsync(string productId, CancellationToken cancellationToken)
    {
        var book = await http.GetFromJsonAsync<SupplierBook>(new Uri("supplier/orders", UriKind.Relative), cancellationToken);
        return [.. (book?.Orders ?? []).Where(order => order.ProductId == productId)];
    }

    private sealed record SupplierBook(IReadOnlyList<BookedSupply> Orders);

    private sealed record Books(IReadOnlyList<BookedAuthorization> Authorizations);
}

/// <summary>An order in the supplier's books.</summary>
/// <param name="ProductId">The product.</param>
/// <param name="Quantity">How many pieces.</param>
/// <param name="Status"><c>open</c>, <c>confirmed</c> or <c>refused</c>.</param>
internal sealed record BookedSupply(string ProductId, int Quantity, string Status);

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
