using System.Security.Cryptography;
using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>
/// A checksum over a sequence that can be continued: each is the SHA-256 of the one before and of what comes next. It shows
/// whatever is changed, missing, doubled or out of order, and where it begins. It is no signature: who changes the sequence
/// can compute the chain anew.
/// </summary>
public static class ChecksumChain
{
    /// <summary>The checksum of nothing: 64 zeros.</summary>
    public static string Start { get; } = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>The checksum after something more.</summary>
    /// <param name="before">The checksum so far, 64 hexadecimal digits.</param>
    /// <param name="content">What comes next.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="FormatException"><paramref name="before"/> is no checksum.</exception>
    public static string After(string before, ReadOnlySpan<byte> content)
    {
        if (before is not { Length: 2 * SHA256.HashSizeInBytes })
        {
            throw new FormatException($"'{before}' is no checksum: it must have {2 * SHA256.HashSizeInBytes} hexadecimal digits.");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(before));
        hash.AppendData(content);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The checksum after one more event, in the form in which every store and export has it.</summary>
    public static string After(string before, EventDocument document) =>
        After(before, JsonSerializer.SerializeToUtf8Bytes(document, EventJson.Options));
}
