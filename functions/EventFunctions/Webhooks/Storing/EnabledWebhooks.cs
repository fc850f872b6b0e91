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
    private readonly Lock _gate = new();
    private Answer? _latest;

    /// <summary>The enabled webhooks that want an event of a type.</summary>
    /// <exception cref="EventSourcing.StoreUnavailableException">The last answer is too old, and the store cannot be reached for another.</exception>
    public async Task<IReadOnlyList<Webhook>> WantingAsync(string eventType, CancellationToken cancellationToken) =>
        [.. (await CurrentAsync(cancellationToken)).Where(w => w.Wants(eventType))];

    private Task<IReadOnlyList<Webhook>> CurrentAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_latest is not { } known || IsOver(known))
            {
                // The age counts from the question: what was changed after it may be missing. The question is everybody's who
                // waits for it, so no one's token ends it.
                _latest = known = new Answer(timeProvider.GetTimestamp(), ListAsync());
            }

            return known.Webhooks.WaitAsync(cancellationToken);
        }
    }

    private async Task<IReadOnlyList<Webhook>> ListAsync() =>
        [.. (await webhooks.ListAsync(CancellationToken.None)).Where(w => w.State == WebhookState.Enabled)];

    private bool IsOver(Answer answer) =>
        answer.Webhooks.IsFaulted || answer.Webhooks.IsCanceled || timeProvider.GetElapsedTime(answer.AskedAt) >= maxAge;

    private sealed record Answer(long AskedAt, Task<IReadOnlyList<Webhook>> Webhooks);
}
