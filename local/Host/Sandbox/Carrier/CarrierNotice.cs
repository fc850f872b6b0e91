using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.Local.Host.Sandbox.Carrier;

/// <summary>What the carrier tells its customer through the webhook.</summary>
/// <param name="Reference">The customer's own name for the parcel.</param>
/// <param name="CarrierShipmentId">The carrier's id.</param>
/// <param name="TrackingNumber">For the receiver.</param>
/// <param name="Status"><c>dispatched</c> or <c>delivered</c>.</param>
/// <param name="OccurredAt">When it happened, UTC.</param>
internal sealed record CarrierNotice(string Reference, string CarrierShipmentId, string TrackingNumber, string Status, DateTimeOffset OccurredAt)
{
    /// <summary>The value of <c>X-Carrier-Signature</c>: <c>t=&lt;unix seconds&gt;,v1=&lt;hex HMAC-SHA256(secret, "{t}.{body}")&gt;</c>.</summary>
    /// <param name="secret">Shared by carrier and customer.</param>
    /// <param name="sentAt">The time that the receiver checks against replays.</param>
    /// <param name="body">The bytes that are sent.</param>
    public static string Sign(string secret, DateTimeOffset sentAt, ReadOnlySpan<byte> body)
    {
        var time = sentAt.ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        var mac = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        return $"t={time},v1={Convert.ToHexStringLower(mac)}";
    }
}
