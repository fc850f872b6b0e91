using EventFunctions.Http;

namespace EventFunctions.Shipping.Api;

/// <summary>Checks that a message is from the carrier and fresh, as <see cref="PartnerSignature"/> does.</summary>
/// <param name="secret">Shared with the carrier.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class CarrierSignature(string secret, TimeProvider timeProvider)
{
    /// <summary>The header.</summary>
    public const string Header = "X-Carrier-Signature";

    private readonly PartnerSignature _signature = new(secret, timeProvider);

    /// <summary>Whether the header signs the body.</summary>
    public bool Signs(ReadOnlySpan<byte> body, string? header) => _signature.Signs(body, header);
}
