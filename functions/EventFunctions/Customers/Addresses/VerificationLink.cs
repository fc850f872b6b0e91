using EventFunctions.Composition;
using EventFunctions.Domain;
using Microsoft.Extensions.Options;

namespace EventFunctions.Customers.Addresses;

/// <summary>The link in a verification mail.</summary>
/// <param name="tokens">Makes the token in it.</param>
/// <param name="options">Names the page.</param>
public sealed class VerificationLink(VerificationTokens tokens, IOptions<CustomersOptions> options)
{
    /// <summary>The address of the shop's page, which sends the token to <c>POST /api/customers/{customerId}/activate</c>.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="addressVersion">The number of the address that the link goes to.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public string To(CustomerId customerId, int addressVersion, string? tenant)
    {
        var page = new UriBuilder(options.Value.VerificationPage!);
        var token = Uri.EscapeDataString(tokens.Create(customerId, addressVersion, tenant));
        var own = $"customer={customerId}&token={token}";
        page.Query = page.Query.Length > 1 ? $"{page.Query[1..]}&{own}" : own;
        return page.Uri.AbsoluteUri;
    }
}
