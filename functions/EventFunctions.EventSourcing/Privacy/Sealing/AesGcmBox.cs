using System.Security.Cryptography;

namespace EventFunctions.EventSourcing;

/// <summary>AES-256-GCM with a random nonce (NIST SP 800-38D, 8.2.2), as one piece: nonce, ciphertext, tag.</summary>
/// <remarks>
/// A random nonce of 96 bits is safe for 2^32 values under one key; a key is one person's, who has far fewer. Neither half of a box
/// tells anything, and any changed bit of it, or of what it is bound to, makes it unopenable.
/// </remarks>
internal static class AesGcmBox
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Encrypts.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="content">What to encrypt.</param>
    /// <param name="binding">What the box is bound to; it is not in the box, and opens it only when it is the same again.</param>
    public static byte[] Close(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content, ReadOnlySpan<byte> binding)
    {
        var box = new byte[NonceLength + content.Length + TagLength];
        var nonce = box.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, content, box.AsSpan(NonceLength, content.Length), box.AsSpan(NonceLength + content.Length), binding);
        return box;
    }

    /// <summary>Decrypts.</summary>
    /// <exception cref="CryptographicException">The box, the key or the binding is another one.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> box, ReadOnlySpan<byte> binding)
    {
        if (box.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("The box is too short.");
        }
        var length = box.Length - NonceLength - TagLength;
        var content = new byte[length];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(box[..NonceLength], box.Slice(NonceLength, length), box[(NonceLength + length)..], content, binding);
        return content;
    }
}
