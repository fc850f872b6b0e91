using EventFunctions.EventSourcing;
using EventFunctions.Webhooks.Storing;

namespace EventFunctions.Webhooks;

/// <summary>Changes webhooks while others may do the same.</summary>
/// <param name="webhooks">The webhooks.</param>
public sealed class WebhookChanges(IWebhooks webhooks)
{
    private const int MaxAttempts = 10;

    /// <summary>Takes a webhook to its next state.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="change">The transition; it is asked again when another writer came first. The same record again writes nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The webhook as it is now; <see langword="null"/> where there is none (any more).</returns>
    /// <exception cref="StoreUnavailableException">Others won every attempt, or the store is away.</exception>
    public async Task<Webhook?> ApplyAsync(Guid id, Func<Webhook, Webhook> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (await webhooks.FindAsync(id, cancellationToken) is not { } stored)
            {
                return null;
            }

            var next = change(stored.Value);
            if (ReferenceEquals(next, stored.Value) || await webhooks.SaveAsync(next, stored.Token, cancellationToken))
            {
                return next;
            }
        }

        throw new StoreUnavailableException($"Webhook {id} changed under each of {MaxAttempts} attempts to change it.");
    }
}
