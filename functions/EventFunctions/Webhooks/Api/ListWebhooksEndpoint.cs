using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Webhooks.Storing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Webhooks.Api;

/// <summary><c>GET /api/admin/webhooks</c>: lists all webhooks, newest first. There are at most 200, so they come in one page.</summary>
/// <param name="webhooks">The webhooks.</param>
public sealed class ListWebhooksEndpoint(IWebhookList webhooks)
{
    /// <summary>200 with all of them.</summary>
    [Function("ListWebhooks")]
    [ApiAnswer(200, typeof(WebhooksPage))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "webhooks")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        _ = request;
        var all = await webhooks.ListAsync(cancellationToken);
        return new ApiResult(StatusCodes.Status200OK, new WebhooksPage([.. all.Select(WebhookReport.Of)]));
    }
}

/// <summary>All webhooks.</summary>
/// <param name="Items">Newest first.</param>
public sealed record WebhooksPage(IReadOnlyList<WebhookReport> Items);
