using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.Http;

/// <summary>
/// Checks that a webhook's message is from who has the secret, and fresh: the signature reads
/// <c>t=&lt;unix seconds&gt;,v1=&lt;hex&gt;</c>, where the hexadecimal part is HMAC-SHA256 (RFC 2104) of <c>{t}.{body}</c> under
/// the shared secret.
/// </summary>
/// <param name="secret">Shared with the sender.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class PartnerSignature(string secret, TimeProvider timeProvider)
{
    /// <summary>How far a message's time may be from ours, either way: an old message may be one that somebody recorded.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly byte[] _key = Encoding.UTF8.GetBytes(secret);

    /// <summary>Whether the signature signs the body.</summary>
    public bool Signs(ReadOnlySpan<byte> body, string? signature)
    {
        if (!TryParse(signature, out var time, out var claimed))
        {
            return false;
        }

        var age = timeProvider.GetUtcNow() - time;
        var isFresh = age.Duration() <= Tolerance;
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(Encoding.ASCII.GetBytes($"{time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}."));
        hmac.AppendData(body);

        // Compared in constant time: the time taken must not tell how much of a guess was right.
        return CryptographicOperations.FixedTimeEquals(hmac.GetHashAndReset(), claimed) && isFresh;
    }

    private static bool TryParse(string? text, out DateTimeOffset time, out byte[] claimed)
    {
        time = default;
        claimed = [];
        string? seconds = null;
        string? signature = null;
        foreach (var part in (text ?? string.Empty).Split(',', StringSplitOptions.TrimEntries))
        {
            switch (part.Split('=', 2))
            {
                case ["t", var value]:
                    seconds = value;
                    break;
                case ["v1", var value]:
                    signature = value;
                    break;
            }
        }

        if (!long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var unix)
            || unix > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || signature is not { Length: 2 * SHA256.HashSizeInBytes }
            || !signature.All(char.IsAsciiHexDigit))
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeSeconds(unix);
        claimed = Convert.FromHexString(signature);
        return true;
    }
}
