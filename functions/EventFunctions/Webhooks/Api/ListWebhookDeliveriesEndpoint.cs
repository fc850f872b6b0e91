using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Webhooks.Storing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Webhooks.Api;

/// <summary>
/// <c>GET /api/admin/webhooks/{webhookId}/deliveries</c>: lists what was, is and could not be delivered to a webhook, newest first,
/// page by page. Deliveries are kept for thirty days from their last attempt, also those of a deleted webhook.
/// </summary>
/// <param name="deliveries">The deliveries.</param>
public sealed class ListWebhookDeliveriesEndpoint(IWebhookDeliveries deliveries)
{
    private const int UsualPageSize = 20;
    private const int MaxPageSize = 100;

    /// <summary>200 with a page, which is empty where nothing was to be delivered.</summary>
    [Function("ListWebhookDeliveries")]
    [ApiQuery("pageSize", "How many deliveries a page holds at most.", Type = typeof(int))]
    [ApiQuery("continuation", "The continuation of the page before.")]
    [ApiAnswer(200, typeof(WebhookDeliveriesPage))]
    [ApiProblem(404, "webhook-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = AdminRoutes.Prefix + "webhooks/{webhookId}/deliveries")] HttpRequest request,
        string webhookId,
        CancellationToken cancellationToken)
    {
        var id = WebhookReport.IdOf(webhookId);
        var size = QueryParameters.PageSize(request, UsualPageSize, MaxPageSize);
        var continuation = QueryParameters.Continuation(request);
        var page = await QueryPages.AfterAsync(continuation, () => deliveries.ListAsync(id, size, continuation, cancellationToken));
        return new ApiResult(
            StatusCodes.Status200OK, new WebhookDeliveriesPage([.. page.Deliveries.Select(WebhookDeliveryReport.Of)], page.Continuation));
    }
}

/// <summary>A page of deliveries.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Continuation">Asks for the next page; absent after the last.</param>
public sealed record WebhookDeliveriesPage(IReadOnlyList<WebhookDeliveryReport> Items, string? Continuation);
