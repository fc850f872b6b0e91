using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.Local.Host.Sandbox.Webhooks;

/// <summary>Checks signatures as the Standard Webhooks specification tells receivers to.</summary>
internal static class StandardSignature
{
    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>Whether one of the signatures of a post is right, and the post not older, or newer, than five minutes.</summary>
    public static bool IsRight(string? secret, IHeaderDictionary headers, byte[] body, DateTimeOffset now)
    {
        var (id, timestamp) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString());
        if (secret?.StartsWith(SecretPrefix, StringComparison.Ordinal) != true
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance)
        {
            return false;
        }

        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = Encoding.UTF8.GetBytes(
            Version + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret[SecretPrefix.Length..]), content)));
        return headers["webhook-signature"].ToString().Split(' ')
            .Any(s => CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(s)));
    }
}
