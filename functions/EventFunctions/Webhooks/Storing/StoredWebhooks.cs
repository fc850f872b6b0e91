using EventFunctions.EventSourcing;

namespace EventFunctions.Webhooks.Storing;

/// <summary>Keeps webhooks as documents, all in one partition, with the code that keeps views, in a container of their own.</summary>
/// <param name="documents">The documents.</param>
/// <param name="removal">Deletes them.</param>
public sealed class StoredWebhooks(IViewStore documents, IViewScan removal) : IWebhooks, IWebhookList
{
    private const string Kind = "webhook";
    private const string Partition = "webhooks";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellationToken)
    {
        var all = new List<Webhook>();
        string? continuation = null;
        do
        {
            var page = await documents.ListAsync<Webhook>(Partition, Kind, ViewPage<Webhook>.MaxSize, continuation, cancellationToken);
            all.AddRange(page.Views.Select(v => v.View));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return all;
    }

    /// <inheritdoc/>
    public async Task<Stored<Webhook>?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await documents.FindAsync<Webhook>(KeyOf(id), cancellationToken) is { } found ? new Stored<Webhook>(found.Current.View, found.ETag) : null;

    /// <inheritdoc/>
    public async Task<bool> SaveAsync(Webhook webhook, string? token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var document = new VersionedView<Webhook>(webhook, webhook.Version, webhook.CreatedAt, webhook.CreatedAt);
        return await documents.SaveAsync(KeyOf(webhook.Id), Kind, document, token, cancellationToken) is not null;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(Guid id, CancellationToken cancellationToken) => removal.DeleteAsync(KeyOf(id), cancellationToken);

    private static ViewKey KeyOf(Guid id) => new(Partition, id.ToString("N"));
}
