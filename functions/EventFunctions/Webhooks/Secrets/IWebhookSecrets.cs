namespace EventFunctions.Webhooks.Secrets;

/// <summary>Keeps the secrets of webhooks unreadable where they are stored.</summary>
public interface IWebhookSecrets
{
    /// <summary>The secret as text that can be stored.</summary>
    /// <param name="webhookId">Whose it is: sealed for one webhook, it is not opened for another.</param>
    /// <param name="secret">The secret.</param>
    string Seal(Guid webhookId, ReadOnlySpan<byte> secret);

    /// <summary>The secret.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It was sealed under another key or for another webhook, or was changed since.</exception>
    byte[] Open(Guid webhookId, string text);
}

/// <summary>A secret that counts for a while beside the one that took its place.</summary>
/// <param name="Secret">The secret, sealed.</param>
/// <param name="Until">Until when, UTC.</param>
public sealed record RetiringSecret(string Secret, DateTimeOffset Until);
