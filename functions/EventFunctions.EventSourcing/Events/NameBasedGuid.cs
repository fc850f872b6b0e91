using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.EventSourcing;

/// <summary>Ids that follow from a name: the same name in the same namespace always has the same id (RFC 9562, version 5).</summary>
public static class NameBasedGuid
{
    private const int GuidLength = 16;

    /// <summary>The id of a name.</summary>
    /// <param name="namespace">Within what the name is meant; any id will do.</param>
    /// <param name="name">The name; case and every character count.</param>
    /// <exception cref="ArgumentNullException">The name is <see langword="null"/>.</exception>
    public static Guid Create(Guid @namespace, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var input = new byte[GuidLength + Encoding.UTF8.GetByteCount(name)];
        @namespace.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input.AsSpan(GuidLength));

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562, section 5.5, prescribes SHA-1 for version 5; the id is no secret and no signature.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350

        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..GuidLength], bigEndian: true);
    }
}
