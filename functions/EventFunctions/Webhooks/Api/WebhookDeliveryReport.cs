namespace EventFunctions.Webhooks.Api;

/// <summary>A delivery with its attempts.</summary>
/// <param name="Id">The delivery: the <c>webhook-id</c> that the receiver sees.</param>
/// <param name="EventId">The event.</param>
/// <param name="EventType">Its type.</param>
/// <param name="State">How far it has come.</param>
/// <param name="CreatedAt">When it was due first, UTC.</param>
/// <param name="AttemptCount">How many attempts were made.</param>
/// <param name="NextAttemptAt">When the next one is due, UTC.</param>
/// <param name="Attempts">The newest attempts, oldest first.</param>
public sealed record WebhookDeliveryReport(
    Guid Id,
    Guid EventId,
    string EventType,
    DeliveryState State,
    DateTimeOffset CreatedAt,
    int AttemptCount,
    DateTimeOffset? NextAttemptAt,
    IReadOnlyList<DeliveryAttempt> Attempts)
{
    /// <summary>The report of a delivery.</summary>
    public static WebhookDeliveryReport Of(WebhookDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return new WebhookDeliveryReport(
            delivery.Id,
            delivery.EventId,
            delivery.EventType,
            delivery.State,
            delivery.CreatedAt,
            delivery.AttemptCount,
            delivery.NextAttemptAt,
            delivery.Attempts);
    }
}
