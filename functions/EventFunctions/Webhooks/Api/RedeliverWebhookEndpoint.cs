using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Webhooks.Storing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Webhooks.Api;

/// <summary>
/// <c>POST /api/admin/webhooks/{webhookId}/deliveries/{deliveryId}/redeliver</c>: delivers an event again, now, under the same id;
/// if it fails, by the whole schedule.
/// </summary>
/// <param name="webhooks">The webhooks.</param>
/// <param name="deliveries">The deliveries.</param>
/// <param name="queue">Has the attempt made.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class RedeliverWebhookEndpoint(IWebhooks webhooks, IWebhookDeliveries deliveries, IWebhookQueue queue, TimeProvider timeProvider)
{
    private const int MaxAttempts = 5;

    /// <summary>202 with the delivery; 409 where the webhook is not enabled; 404.</summary>
    [Function("RedeliverWebhook")]
    [ApiAnswer(202, typeof(WebhookDeliveryReport))]
    [ApiProblem(404, "webhook-not-found", "delivery-not-found")]
    [ApiProblem(409, "webhook-not-enabled", "contended")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "webhooks/{webhookId}/deliveries/{deliveryId}/redeliver")]
        HttpRequest request,
        string webhookId,
        string deliveryId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = WebhookReport.IdOf(webhookId);
        if (await webhooks.FindAsync(id, cancellationToken) is not { Value: var webhook })
        {
            return new ProblemResult(WebhookReport.NotFound(webhookId));
        }

        if (webhook.State != WebhookState.Enabled)
        {
            return new ProblemResult(new Problem(
                StatusCodes.Status409Conflict, "webhook-not-enabled", "Nothing is sent to the webhook.", $"It is {webhook.State}; enable it first."));
        }

        return Guid.TryParse(deliveryId, out var delivery)
            ? await AgainAsync(id, delivery, cancellationToken)
            : new ProblemResult(NotFound(deliveryId));
    }

    private static Problem NotFound(string deliveryId) =>
        Problem.NotFound("delivery-not-found", $"There is no delivery '{deliveryId}', or it is forgotten by now.");

    private async Task<IResult> AgainAsync(Guid webhookId, Guid deliveryId, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (await deliveries.FindAsync(webhookId, deliveryId, cancellationToken) is not { } stored)
            {
                return new ProblemResult(NotFound(deliveryId.ToString()));
            }

            var again = stored.Value.Again(timeProvider.GetUtcNow());
            if (await deliveries.SaveAsync(again, stored.Token, cancellationToken))
            {
                // If this fails, the request does, and a second one asks for the same attempt.
                await queue.EnqueueAsync(DueAttempt.NextOf(again), due: null, cancellationToken);
                return new ApiResult(StatusCodes.Status202Accepted, WebhookDeliveryReport.Of(again));
            }
        }

        return new ProblemResult(Problem.Contended(MaxAttempts));
    }
}
