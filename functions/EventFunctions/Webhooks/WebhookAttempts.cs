using System.Text;
using EventFunctions.EventSourcing;
using EventFunctions.Integration;
using EventFunctions.Webhooks.Sending;
using EventFunctions.Webhooks.Storing;

namespace EventFunctions.Webhooks;

/// <summary>Makes attempts to deliver, keeps what came of them, and sees to what follows.</summary>
/// <param name="webhooks">The webhooks.</param>
/// <param name="changes">Counts successes and failures on them.</param>
/// <param name="deliveries">The deliveries.</param>
/// <param name="sender">Posts.</param>
/// <param name="queue">Has the next attempt made.</param>
/// <param name="rules">When a webhook is disabled.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class WebhookAttempts(
    IWebhooks webhooks,
    WebhookChanges changes,
    IWebhookDeliveries deliveries,
    IWebhookSender sender,
    IWebhookQueue queue,
    DisablingRules rules,
    TimeProvider timeProvider)
{
    private const int MaxSaves = 10;

    /// <summary>
    /// Makes an attempt unless it was made; what follows from it is done in either case, because whoever made it may have stopped
    /// just then. Asked again, it does nothing that was done.
    /// </summary>
    public async Task MakeAsync(DueAttempt due, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(due);
        if (await deliveries.FindAsync(due.WebhookId, due.DeliveryId, cancellationToken) is not { Value: var delivery })
        {
            return; // So late that it is forgotten.
        }

        if (delivery.State == DeliveryState.Pending && delivery.AttemptCount < due.Number)
        {
            delivery = await KeepAsync(due, await AttemptAsync(delivery, due.Number, cancellationToken), cancellationToken);
        }

        if (delivery is { State: DeliveryState.Pending, NextAttemptAt: { } next })
        {
            await queue.EnqueueAsync(DueAttempt.NextOf(delivery), next, cancellationToken);
        }

        if (delivery.Attempts is [.., { Error: not DeliveryAttempt.NotWanted } last] && last.Number == due.Number)
        {
            await changes.ApplyAsync(due.WebhookId, webhook => After(webhook, delivery, last), cancellationToken);
        }
    }

    private async Task<DeliveryAttempt> AttemptAsync(WebhookDelivery delivery, int number, CancellationToken cancellationToken)
    {
        if (await webhooks.FindAsync(delivery.WebhookId, cancellationToken) is not { Value: { State: WebhookState.Enabled } webhook })
        {
            return new DeliveryAttempt(number, timeProvider.GetUtcNow(), 0, Error: DeliveryAttempt.NotWanted);
        }

        var answer = await sender.SendAsync(
            webhook, delivery.Id.ToString(), CloudEventDocument.MediaType, Encoding.UTF8.GetBytes(delivery.Body), cancellationToken);
        return answer.ToAttempt(number);
    }

    /// <summary>The delivery may be asked for again meanwhile; the attempt is kept all the same.</summary>
    private async Task<WebhookDelivery> KeepAsync(DueAttempt due, DeliveryAttempt attempt, CancellationToken cancellationToken)
    {
        for (var save = 1; save <= MaxSaves; save++)
        {
            if (await deliveries.FindAsync(due.WebhookId, due.DeliveryId, cancellationToken) is not { } stored)
            {
                throw new InvalidOperationException($"Delivery {due.DeliveryId} was deleted while an attempt was made.");
            }

            var next = stored.Value.AttemptCount < attempt.Number ? stored.Value.After(attempt) : stored.Value;
            if (ReferenceEquals(next, stored.Value) || await deliveries.SaveAsync(next, stored.Token, cancellationToken))
            {
                return next;
            }
        }

        throw new StoreUnavailableException($"Delivery {due.DeliveryId} changed under each of {MaxSaves} attempts to keep what came of it.");
    }

    private Webhook After(Webhook webhook, WebhookDelivery delivery, DeliveryAttempt last)
    {
        if (last.IsSuccess)
        {
            return webhook.Succeeded();
        }

        if (last.IsGone)
        {
            return webhook.Gone(last.At);
        }

        var failed = webhook.Failed(last.At, rules);
        return delivery.State == DeliveryState.GivenUp ? failed.GaveUp(delivery.Id, last.At, rules) : failed;
    }
}
