namespace EventFunctions.Webhooks.Storing;

/// <summary>Keeps the registered webhooks.</summary>
/// <remarks>Every member fails with <see cref="EventSourcing.StoreUnavailableException"/> when the store cannot be reached or is overloaded.</remarks>
public interface IWebhooks
{
    /// <summary>A webhook with its concurrency token, or <see langword="null"/>.</summary>
    Task<Stored<Webhook>?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Writes a webhook if it is still as it was read; without a token, if it is new. A deleted one is not written.</summary>
    /// <returns>Whether it was written.</returns>
    Task<bool> SaveAsync(Webhook webhook, string? token, CancellationToken cancellationToken);

    /// <summary>Forgets a webhook; its deliveries expire by themselves.</summary>
    Task DeleteAsync(Guid id, CancellationToken cancellationToken);
}

/// <summary>Lists what <see cref="IWebhooks"/> keeps.</summary>
public interface IWebhookList
{
    /// <summary>All webhooks, newest first: at most <see cref="WebhookLimits.MaxWebhooks"/>, so one query inside one partition.</summary>
    /// <exception cref="EventSourcing.StoreUnavailableException">The store cannot be reached or is overloaded.</exception>
    Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>Something as it was read.</summary>
/// <param name="Value">What was read.</param>
/// <param name="Token">The concurrency token.</param>
/// <typeparam name="T">Its type.</typeparam>
public sealed record Stored<T>(T Value, string Token);

/// <summary>How many and how large.</summary>
public static class WebhookLimits
{
    /// <summary>The most webhooks there can be: every event looks at all of them.</summary>
    public const int MaxWebhooks = 200;

    /// <summary>The most entries a filter can have.</summary>
    public const int MaxEventTypes = 50;

    /// <summary>The longest address, in characters.</summary>
    public const int MaxUrlLength = 2000;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescriptionLength = 200;
}
