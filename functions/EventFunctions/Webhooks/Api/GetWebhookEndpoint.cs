using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Webhooks.Storing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Webhooks.Api;

/// <summary><c>GET /api/admin/webhooks/{webhookId}</c>: shows a webhook, and how its deliveries go.</summary>
/// <param name="webhooks">The webhooks.</param>
public sealed class GetWebhookEndpoint(IWebhooks webhooks)
{
    /// <summary>200 with the webhook, or 404.</summary>
    [Function("GetWebhook")]
    [ApiAnswer(200, typeof(WebhookReport), HasETag = true)]
    [ApiProblem(404, "webhook-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "webhooks/{webhookId}")] HttpRequest request,
        string webhookId,
        CancellationToken cancellationToken)
    {
        _ = request;
        return await webhooks.FindAsync(WebhookReport.IdOf(webhookId), cancellationToken) is { Value: var webhook }
            ? new ApiResult(StatusCodes.Status200OK, WebhookReport.Of(webhook), webhook.Version)
            : new ProblemResult(WebhookReport.NotFound(webhookId));
    }
}
