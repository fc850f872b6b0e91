using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Webhooks.Api;

/// <summary>
/// <c>POST /api/admin/webhooks/{webhookId}/enable</c>: enables a webhook that was disabled. What was not delivered meanwhile is
/// delivered on demand, see the deliveries.
/// </summary>
/// <param name="changes">Changes it.</param>
public sealed class EnableWebhookEndpoint(WebhookChanges changes)
{
    /// <summary>200 with the webhook, enabled, also where it was already; 409 where it was never verified; 404.</summary>
    [Function("EnableWebhook")]
    [ApiAnswer(200, typeof(WebhookReport), HasETag = true)]
    [ApiProblem(404, "webhook-not-found")]
    [ApiProblem(409, "webhook-not-verified")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "webhooks/{webhookId}/enable")] HttpRequest request,
        string webhookId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = WebhookReport.IdOf(webhookId);
        var webhook = await changes.ApplyAsync(id, w => w is { State: WebhookState.Disabled } ? w.Enabled() : w, cancellationToken);
        return webhook switch
        {
            null => new ProblemResult(WebhookReport.NotFound(webhookId)),
            { State: WebhookState.Unverified } => new ProblemResult(new Problem(
                StatusCodes.Status409Conflict, "webhook-not-verified", "The webhook was never verified.", $"Verify it with POST /api/admin/webhooks/{id}/verify.")),
            _ => new ApiResult(StatusCodes.Status200OK, WebhookReport.Of(webhook), webhook.Version),
        };
    }
}
