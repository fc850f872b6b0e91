using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.Local.Cosmos.Wire;

/// <summary>
/// Checks the signature of a request ("Access control on Azure Cosmos DB resources", master key): HMAC-SHA256 of verb, resource
/// type, resource link and date. The date's age is not checked, for the endpoint may run on a clock of its own.
/// </summary>
internal sealed class MasterKey : IDisposable
{
    private readonly byte[] _key;

    /// <summary>Hashes with the key set up, which takes longer than to hash a request; as many as requests are checked at once.</summary>
    private readonly ConcurrentBag<IncrementalHash> _hashes = [];

    /// <exception cref="ArgumentException">The key is not base64.</exception>
    public MasterKey(string base64)
    {
        try
        {
            _key = Convert.FromBase64String(base64);
        }
        catch (FormatException broken)
        {
            throw new ArgumentException("The account key must be base64.", nameof(base64), broken);
        }
    }

    /// <summary>Whether the header was made with this key for this request.</summary>
    /// <param name="verb">The HTTP method.</param>
    /// <param name="target">The request's target as it came, percent-encoded.</param>
    /// <param name="date">The <c>x-ms-date</c> header.</param>
    /// <param name="authorization">The <c>authorization</c> header.</param>
    public bool Accepts(string verb, string target, string? date, string? authorization)
    {
        if (date is null || authorization is null || SignatureIn(Uri.UnescapeDataString(authorization)) is not { } given)
        {
            return false;
        }

        var raw = ResourcePath.Raw(target);
        return Signs(verb, raw, date, given) || (raw.Contains('%', StringComparison.Ordinal) && Signs(verb, Uri.UnescapeDataString(raw), date, given));
    }

    public void Dispose()
    {
        while (_hashes.TryTake(out var hash))
        {
            hash.Dispose();
        }
    }

    private static byte[]? SignatureIn(string header)
    {
        const string prefix = "type=master&ver=1.0&sig=";
        if (!header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var signature = new byte[64];
        return Convert.TryFromBase64String(header[prefix.Length..], signature, out var length) ? signature[..length] : null;
    }

    private bool Signs(string verb, string path, string date, byte[] given)
    {
        var (type, link) = Describe(path);
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Hash(Encoding.UTF8.GetBytes($"{verb.ToLowerInvariant()}\n{type}\n{link}\n{date.ToLowerInvariant()}\n\n"), signature);
        return CryptographicOperations.FixedTimeEquals(signature, given);
    }

    private void Hash(ReadOnlySpan<byte> text, Span<byte> signature)
    {
        if (!_hashes.TryTake(out var hash))
        {
            hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        }

        hash.AppendData(text);
        hash.GetHashAndReset(signature);
        _hashes.Add(hash);
    }

    /// <summary>
    /// A path of an odd number of names ends in a resource type, and the link is its parent's; else the link is the whole path.
    /// Key ranges are asked for by RID, and then the link is the container's RID alone, as an offer's always is its own.
    /// </summary>
    private static (string Type, string Link) Describe(string path)
    {
        var segments = path.Split('/');
        return segments switch
        {
            ["dbs", _, "colls", var rid, "pkranges"] when Store.ResourceId.TryParseContainer(rid, out _) => ("pkranges", rid.ToLowerInvariant()),
            ["offers", var rid] => ("offers", rid.ToLowerInvariant()),
            [var type] => (type, string.Empty),
            _ when segments.Length % 2 == 1 => (segments[^1], path[..path.LastIndexOf('/')]),
            _ => (segments[^2], path),
        };
    }
}
