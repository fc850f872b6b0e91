using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EventFunctions.Domain;

namespace EventFunctions.Customers.Addresses;

/// <summary>
/// The tokens by which customers show that an address is theirs: the address's number in the account, a dot, and HMAC-SHA256
/// (RFC 2104) of account and number under a secret, in base64url. Nothing is stored for them; that one is not used twice, and none
/// after another address has come, is for the account to see to.
/// </summary>
/// <param name="key">The secret.</param>
public sealed class VerificationTokens(string key)
{
    private readonly byte[] _key = Encoding.UTF8.GetBytes(key);

    /// <summary>The token for an address of an account. Whoever has it can verify the address: it goes into one mail, and nowhere else.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="addressVersion">The address's number in the account.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public string Create(CustomerId customerId, int addressVersion, string? tenant)
    {
        ArgumentNullException.ThrowIfNull(customerId);
        return $"{addressVersion.ToString(CultureInfo.InvariantCulture)}.{Base64Url.EncodeToString(Sign(customerId, addressVersion, tenant))}";
    }

    /// <summary>The number of the address that a token is for; <see langword="null"/> if it is no token of this account.</summary>
    public int? Read(CustomerId customerId, string? token, string? tenant)
    {
        ArgumentNullException.ThrowIfNull(customerId);
        if (token?.Split('.') is not [var number, var signature]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || !Base64Url.IsValid(signature))
        {
            return null;
        }

        // Compared in constant time: the time taken must not tell how much of a guess was right.
        return CryptographicOperations.FixedTimeEquals(Base64Url.DecodeFromChars(signature), Sign(customerId, version, tenant)) ? version : null;
    }

    private byte[] Sign(CustomerId customerId, int version, string? tenant) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"verify\n{tenant}\n{customerId}\n{version.ToString(CultureInfo.InvariantCulture)}"));
}
