namespace EventFunctions.Webhooks;

/// <summary>Has attempts made, now or later.</summary>
public interface IWebhookQueue
{
    /// <summary>Has an attempt made.</summary>
    /// <param name="attempt">Which.</param>
    /// <param name="due">Not before; <see langword="null"/> for now.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task EnqueueAsync(DueAttempt attempt, DateTimeOffset? due, CancellationToken cancellationToken);
}

/// <summary>An attempt that is to be made. It is made once, however often it is asked for.</summary>
/// <param name="WebhookId">The webhook.</param>
/// <param name="DeliveryId">The delivery.</param>
/// <param name="Number">The attempt's number among all of the delivery, from 1.</param>
/// <param name="Round">How many attempts had been made before the delivery was asked for again; 0 where it was not.</param>
public sealed record DueAttempt(Guid WebhookId, Guid DeliveryId, int Number, int Round)
{
    /// <summary>The next attempt of a delivery.</summary>
    public static DueAttempt NextOf(WebhookDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return new DueAttempt(delivery.WebhookId, delivery.Id, delivery.AttemptCount + 1, delivery.RoundBegan);
    }

    /// <summary>Names the attempt among all.</summary>
    public string Key => $"{DeliveryId:N}-{Number}";
}
