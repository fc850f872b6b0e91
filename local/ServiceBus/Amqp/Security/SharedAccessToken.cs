using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.Local.ServiceBus.Amqp;

/// <summary>What a token gives a right to, and until when.</summary>
/// <param name="Path">The path below which everything is allowed; empty for the whole namespace.</param>
/// <param name="ExpiresAt">When it ends.</param>
internal sealed record Grant(string Path, DateTimeOffset ExpiresAt)
{
    /// <summary>Whether it covers an entity at a time.</summary>
    public bool Covers(string entityPath, DateTimeOffset now) => ExpiresAt > now
        && (Path.Length == 0
            || entityPath.Equals(Path, StringComparison.OrdinalIgnoreCase)
            || (entityPath.Length > Path.Length && entityPath[Path.Length] == '/' && entityPath.StartsWith(Path, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>
/// Shared access signatures (Microsoft Learn, "Service Bus access control with Shared Access Signatures"): a resource, an expiry, the name
/// of a key, and the HMAC-SHA256 of the first two under that key. The host in the resource is not compared: the endpoint is reached by
/// many names.
/// </summary>
internal static class SharedAccessToken
{
    private const string Scheme = "SharedAccessSignature ";

    /// <summary>Checks a token.</summary>
    /// <returns>What it grants, or why it grants nothing.</returns>
    public static (Grant? Grant, string? Refusal) Check(string token, AccessKey key, DateTimeOffset now)
    {
        if (!token.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return (null, "The token is no shared access signature.");
        }

        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in token[Scheme.Length..].Split('&'))
        {
            var split = pair.IndexOf('=', StringComparison.Ordinal);
            if (split < 1 || !fields.TryAdd(pair[..split], pair[(split + 1)..]))
            {
                return (null, "The shared access signature is not made of names and values.");
            }
        }

        if (!fields.TryGetValue("sr", out var resource) || !fields.TryGetValue("sig", out var signature)
            || !fields.TryGetValue("se", out var expiry) || !fields.TryGetValue("skn", out var name))
        {
            return (null, "The shared access signature lacks one of sr, sig, se and skn.");
        }

        if (Uri.UnescapeDataString(name) != key.Name || !IsSignature(signature, resource, expiry, key))
        {
            return (null, "The shared access signature is not signed with a key of this namespace.");
        }

        if (!long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return (null, "The shared access signature's expiry is no number of seconds since 1970.");
        }

        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return expiresAt <= now
            ? (null, $"The shared access signature expired at {expiresAt:O}.")
            : (new Grant(Uri.UnescapeDataString(PathOf(Uri.UnescapeDataString(resource))), expiresAt), null);
    }

    /// <summary>The path of a resource, with or without a scheme and a host before it, without slashes around it and a query behind it.</summary>
    public static string PathOf(string resource)
    {
        var query = resource.IndexOf('?', StringComparison.Ordinal);
        resource = query < 0 ? resource : resource[..query];
        var scheme = resource.IndexOf("://", StringComparison.Ordinal);
        if (scheme >= 0)
        {
            var path = resource.IndexOf('/', scheme + 3);
            resource = path < 0 ? string.Empty : resource[path..];
        }

        return resource.Trim('/');
    }

    private static bool IsSignature(string signature, string resource, string expiry, AccessKey key)
    {
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Key), Encoding.UTF8.GetBytes($"{resource}\n{expiry}"));
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(Uri.UnescapeDataString(signature), given, out var length)
            && CryptographicOperations.FixedTimeEquals(given[..length], expected);
    }
}
