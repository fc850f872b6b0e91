using EventFunctions.Http;

namespace EventFunctions.Inventory.Replenishment.Api;

/// <summary>Checks that a message is from the supplier and fresh, as <see cref="PartnerSignature"/> does.</summary>
/// <param name="secret">Shared with the supplier.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class SupplierSignature(string secret, TimeProvider timeProvider)
{
    /// <summary>The header.</summary>
    public const string Header = "X-Supplier-Signature";

    private readonly PartnerSignature _signature = new(secret, timeProvider);

    /// <summary>Whether the header signs the body.</summary>
    public bool Signs(ReadOnlySpan<byte> body, string? header) => _signature.Signs(body, header);
}
