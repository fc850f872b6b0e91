using EventFunctions.EventSourcing;

namespace EventFunctions.Webhooks.Storing;

/// <summary>
/// Knows which webhooks are enabled, never from longer ago than a set time, so that events do not each ask the store. Safe for
/// concurrent use.
/// </summary>
/// <remarks>
/// A webhook that is enabled gets the events from that time on at the latest. One that is disabled or deleted may still be thought
/// enabled for as long; it is sent nothing all the same, because each attempt looks at the webhook itself.
/// </remarks>
/// <param name="webhooks">Has the truth.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="maxAge">How old an answer may be; zero to ask each time.</param>
public sealed class EnabledWebhooks(IWebhookList webhooks, TimeProvider timeProvider, TimeSpan maxAge)
{
    private readonly AgedAnswer<IReadOnlyList<Webhook>> _enabled = new(() => ListAsync(webhooks), timeProvider, maxAge);

    /// <summary>The enabled webhooks that want an event of a type.</summary>
    /// <exception cref="StoreUnavailableException">The last answer is too old, and the store cannot be reached for another.</exception>
    public async Task<IReadOnlyList<Webhook>> WantingAsync(string eventType, CancellationToken cancellationToken) =>
        [.. (await _enabled.CurrentAsync(cancellationToken)).Where(w => w.Wants(eventType))];

    /// <summary>Takes a change that this process made at once; other processes take it when their list is too old.</summary>
    public void Forget() => _enabled.Forget();

    private static async Task<IReadOnlyList<Webhook>> ListAsync(IWebhookList webhooks) =>
        [.. (await webhooks.ListAsync(CancellationToken.None)).Where(w => w.State == WebhookState.Enabled)];
}
