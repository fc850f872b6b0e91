using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace EventFunctions.EventSourcing;

/// <summary>Wraps a key with AES-256-GCM, bound to the version of the master key.</summary>
/// <remarks>For master keys whose bytes are in this process: from a file, from memory, or from a vault that keeps secrets.</remarks>
public static class KeyWrap
{
    /// <summary>Wraps a key.</summary>
    /// <param name="masterKey">The <see cref="SubjectKey.Length"/> bytes of the master key.</param>
    /// <param name="version">The master key's version.</param>
    /// <param name="key">The key to wrap.</param>
    public static WrappedKey Wrap(ReadOnlySpan<byte> masterKey, string version, ReadOnlySpan<byte> key) =>
        new(version, Base64Url.EncodeToString(AesGcmBox.Close(masterKey, key, Encoding.UTF8.GetBytes(version))));

    /// <summary>Unwraps a key.</summary>
    /// <param name="masterKey">The bytes of the version that wrapped it.</param>
    /// <param name="wrapped">What <see cref="Wrap"/> returned.</param>
    /// <exception cref="MasterKeyException">It was wrapped by another key, or was changed.</exception>
    public static byte[] Unwrap(ReadOnlySpan<byte> masterKey, WrappedKey wrapped)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        try
        {
            return AesGcmBox.Open(masterKey, Base64Url.DecodeFromChars(wrapped.Text), Encoding.UTF8.GetBytes(wrapped.Version));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            throw new MasterKeyException(
                $"A key that version '{wrapped.Version}' of the master key wrapped cannot be unwrapped: it was damaged, or the master key "
                + "is another one. Restore the master key, or the container 'keys', from its backup.",
                exception);
        }
    }
}
