namespace EventFunctions.Webhooks.Storing;

/// <summary>Keeps deliveries for thirty days from their last change.</summary>
/// <remarks>Every member fails with <see cref="EventSourcing.StoreUnavailableException"/> when the store cannot be reached or is overloaded.</remarks>
public interface IWebhookDeliveries
{
    /// <summary>A delivery with its concurrency token, or <see langword="null"/>.</summary>
    Task<Stored<WebhookDelivery>?> FindAsync(Guid webhookId, Guid id, CancellationToken cancellationToken);

    /// <summary>Writes a delivery if it is still as it was read; without a token, if it is new.</summary>
    /// <returns>Whether it was written.</returns>
    Task<bool> SaveAsync(WebhookDelivery delivery, string? token, CancellationToken cancellationToken);

    /// <summary>The deliveries of a webhook, newest first, a page at a time.</summary>
    /// <param name="webhookId">The webhook.</param>
    /// <param name="pageSize">1 to 100.</param>
    /// <param name="continuation">The previous page's, or <see langword="null"/> to begin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The continuation is not one that a list returned.</exception>
    Task<DeliveryPage> ListAsync(Guid webhookId, int pageSize, string? continuation, CancellationToken cancellationToken);
}

/// <summary>A page of deliveries.</summary>
/// <param name="Deliveries">At most as many as asked for.</param>
/// <param name="Continuation">Begins the next page; <see langword="null"/> after the last.</param>
public sealed record DeliveryPage(IReadOnlyList<WebhookDelivery> Deliveries, string? Continuation);
