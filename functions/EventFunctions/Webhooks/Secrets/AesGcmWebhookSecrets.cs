using System.Buffers.Text;
using System.Security.Cryptography;

namespace EventFunctions.Webhooks.Secrets;

/// <summary>Seals secrets with AES-256-GCM (NIST SP 800-38D) under one master key, each with a random nonce of its own.</summary>
/// <param name="masterKey">32 bytes.</param>
public sealed class AesGcmWebhookSecrets(byte[] masterKey) : IWebhookSecrets
{
    /// <summary>The length of the master key, in bytes.</summary>
    public const int KeyLength = 32;

    private const string Form = "v1.";
    private static readonly int NonceLength = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagLength = AesGcm.TagByteSizes.MaxSize;

    private readonly byte[] _masterKey = masterKey is { Length: KeyLength }
        ? masterKey
        : throw new ArgumentException($"The master key has {KeyLength} bytes.", nameof(masterKey));

    /// <inheritdoc/>
    public string Seal(Guid webhookId, ReadOnlySpan<byte> secret)
    {
        var sealedSecret = new byte[NonceLength + TagLength + secret.Length];
        var (nonce, tag, cipher) = Parts(sealedSecret);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(_masterKey, TagLength);
        aes.Encrypt(nonce.Span, secret, cipher.Span, tag.Span, webhookId.ToByteArray());
        return Form + Base64Url.EncodeToString(sealedSecret);
    }

    /// <inheritdoc/>
    public byte[] Open(Guid webhookId, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.StartsWith(Form, StringComparison.Ordinal) || !Base64Url.IsValid(text.AsSpan(Form.Length)))
        {
            throw new CryptographicException("The text is not a sealed secret.");
        }

        var sealedSecret = Base64Url.DecodeFromChars(text.AsSpan(Form.Length));
        if (sealedSecret.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("The sealed secret is cut off.");
        }

        var (nonce, tag, cipher) = Parts(sealedSecret);
        var secret = new byte[cipher.Length];
        using var aes = new AesGcm(_masterKey, TagLength);
        aes.Decrypt(nonce.Span, cipher.Span, tag.Span, secret, webhookId.ToByteArray());
        return secret;
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Cipher) Parts(byte[] all) =>
        (all.AsMemory(0, NonceLength), all.AsMemory(NonceLength, TagLength), all.AsMemory(NonceLength + TagLength));
}
