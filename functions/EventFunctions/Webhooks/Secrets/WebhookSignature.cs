using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.Webhooks.Secrets;

/// <summary>
/// Signatures by the Standard Webhooks specification
/// (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md): HMAC-SHA256 over
/// <c>id.timestamp.body</c>, so that neither the event, nor when it was sent, nor what it says can be changed on the way.
/// </summary>
public static class WebhookSignature
{
    /// <summary>The header with the delivery's id: the same in every attempt.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>The header with the time of the attempt, in seconds since 1970 (Unix time).</summary>
    public const string TimestampHeader = "webhook-timestamp";

    /// <summary>The header with the signatures, separated by blanks; more than one while a secret is replaced.</summary>
    public const string SignatureHeader = "webhook-signature";

    /// <summary>The length of new secrets, in bytes; the specification asks for 24 to 64.</summary>
    public const int SecretLength = 32;

    private const string SecretPrefix = "whsec_";

    /// <summary>A new secret.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretLength);

    /// <summary>A secret as receivers are given it, e.g. <c>whsec_…</c>.</summary>
    public static string TextOf(ReadOnlySpan<byte> secret) => SecretPrefix + Convert.ToBase64String(secret);

    /// <summary>A timestamp as it is sent.</summary>
    public static string TextOf(DateTimeOffset time) => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The value of the signature header.</summary>
    /// <param name="secrets">Each that counts now, the newest first.</param>
    /// <param name="id">The delivery's id as it is sent.</param>
    /// <param name="timestamp">The time of the attempt as it is sent.</param>
    /// <param name="body">The body, byte for byte.</param>
    public static string Sign(IEnumerable<byte[]> secrets, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, content))}"));
    }
}
