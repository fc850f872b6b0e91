using System.Security.Cryptography;
using System.Text;
using EventFunctions.Domain;
using EventFunctions.EventSourcing;

namespace EventFunctions.Customers.Addresses;

/// <summary>
/// The name an address is reserved under: HMAC-SHA256 (RFC 2104) of it. A bare hash would not do, because whoever has the
/// store could try addresses until one fits.
/// </summary>
/// <param name="key">The secret.</param>
public sealed class EmailIndex(string key)
{
    /// <summary>The scope of the names.</summary>
    public const string Scope = "email";

    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>The name of an address; the same for every spelling of one mailbox.</summary>
    /// <param name="email">The address.</param>
    /// <param name="tenant">The tenant, where it is not the default one: each has its own customers.</param>
    public ReservationName NameOf(Email email, string? tenant)
    {
        ArgumentNullException.ThrowIfNull(email);
#pragma warning disable CA1308 // Hosts are compared in lower case, and local parts with them.
        var text = $"{tenant}\n{email.Value.ToLowerInvariant()}";
#pragma warning restore CA1308
        return new ReservationName(Scope, Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text))));
    }
}
