using EventFunctions.Webhooks.Storing;

namespace EventFunctions.Webhooks;

/// <summary>Begins a delivery for every webhook that wants an event.</summary>
/// <param name="webhooks">Those that are enabled.</param>
/// <param name="deliveries">Keeps the deliveries.</param>
/// <param name="queue">Has the first attempts made.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class WebhookFanOut(EnabledWebhooks webhooks, IWebhookDeliveries deliveries, IWebhookQueue queue, TimeProvider timeProvider)
{
    /// <summary>Begins the deliveries that are not begun yet; a repeated event begins none.</summary>
    /// <param name="eventId">The event.</param>
    /// <param name="eventType">Its type.</param>
    /// <param name="body">What is posted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task BeginAsync(Guid eventId, string eventType, string body, CancellationToken cancellationToken)
    {
        var wanting = await webhooks.WantingAsync(eventType, cancellationToken);
        await Task.WhenAll(wanting.Select(w =>
            BeginAsync(WebhookDelivery.Of(w, eventId, eventType, body, timeProvider.GetUtcNow()), cancellationToken)));
    }

    private async Task BeginAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var isNew = await deliveries.SaveAsync(delivery, token: null, cancellationToken);

        // Kept before, and perhaps not asked for before whoever kept it stopped.
        var isWaiting = isNew || await deliveries.FindAsync(delivery.WebhookId, delivery.Id, cancellationToken)
            is { Value: { State: DeliveryState.Pending, AttemptCount: 0 } };
        if (isWaiting)
        {
            await queue.EnqueueAsync(DueAttempt.NextOf(delivery), due: null, cancellationToken);
        }
    }
}
