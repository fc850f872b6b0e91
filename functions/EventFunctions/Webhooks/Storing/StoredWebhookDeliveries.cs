using EventFunctions.EventSourcing;

namespace EventFunctions.Webhooks.Storing;

/// <summary>
/// Keeps deliveries as documents, those of a webhook in one partition, with the code that keeps views, in a container of their own
/// that forgets what did not change for thirty days.
/// </summary>
/// <param name="documents">The documents.</param>
public sealed class StoredWebhookDeliveries(IViewStore documents) : IWebhookDeliveries
{
    private const string Kind = "webhook-delivery";

    /// <inheritdoc/>
    public async Task<Stored<WebhookDelivery>?> FindAsync(Guid webhookId, Guid id, CancellationToken cancellationToken) =>
        await documents.FindAsync<WebhookDelivery>(KeyOf(webhookId, id), cancellationToken) is { } found
            ? new Stored<WebhookDelivery>(found.Current.View, found.ETag)
            : null;

    /// <inheritdoc/>
    public async Task<bool> SaveAsync(WebhookDelivery delivery, string? token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var document = new VersionedView<WebhookDelivery>(
            delivery, delivery.Version, delivery.CreatedAt, delivery.Attempts is [.., var last] ? last.At : delivery.CreatedAt);
        return await documents.SaveAsync(KeyOf(delivery.WebhookId, delivery.Id), Kind, document, token, cancellationToken) is not null;
    }

    /// <inheritdoc/>
    public async Task<DeliveryPage> ListAsync(Guid webhookId, int pageSize, string? continuation, CancellationToken cancellationToken)
    {
        var page = await documents.ListAsync<WebhookDelivery>(PartitionOf(webhookId), Kind, pageSize, continuation, cancellationToken);
        return new DeliveryPage([.. page.Views.Select(v => v.View)], page.Continuation);
    }

    private static string PartitionOf(Guid webhookId) => $"webhook-{webhookId:N}";

    private static ViewKey KeyOf(Guid webhookId, Guid id) => new(PartitionOf(webhookId), id.ToString("N"));
}
