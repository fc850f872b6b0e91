namespace EventFunctions.Webhooks.Storing;

/// <summary>Has every change of a webhook known at once to whoever sends events from this process.</summary>
/// <param name="webhooks">Keeps the webhooks.</param>
/// <param name="enabled">Knows which are enabled.</param>
public sealed class AnnouncedWebhooks(IWebhooks webhooks, EnabledWebhooks enabled) : IWebhooks
{
    /// <inheritdoc/>
    public Task<Stored<Webhook>?> FindAsync(Guid id, CancellationToken cancellationToken) => webhooks.FindAsync(id, cancellationToken);

    /// <inheritdoc/>
    public async Task<bool> SaveAsync(Webhook webhook, string? token, CancellationToken cancellationToken)
    {
        try
        {
            return await webhooks.SaveAsync(webhook, token, cancellationToken);
        }
        finally
        {
            // Also where it failed: nobody knows what is stored then.
            enabled.Forget();
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            await webhooks.DeleteAsync(id, cancellationToken);
        }
        finally
        {
            enabled.Forget();
        }
    }
}
