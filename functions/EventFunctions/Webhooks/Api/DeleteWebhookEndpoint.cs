using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Webhooks.Storing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Webhooks.Api;

/// <summary><c>DELETE /api/admin/webhooks/{webhookId}</c>: deletes a webhook; what is still to be delivered to it is given up.</summary>
/// <param name="webhooks">The webhooks.</param>
public sealed class DeleteWebhookEndpoint(IWebhooks webhooks)
{
    /// <summary>204, or 404.</summary>
    [Function("DeleteWebhook")]
    [ApiAnswer(204)]
    [ApiProblem(404, "webhook-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = AdminRoutes.Prefix + "webhooks/{webhookId}")] HttpRequest request,
        string webhookId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = WebhookReport.IdOf(webhookId);
        if (await webhooks.FindAsync(id, cancellationToken) is null)
        {
            return new ProblemResult(WebhookReport.NotFound(webhookId));
        }

        await webhooks.DeleteAsync(id, cancellationToken);
        return Results.NoContent();
    }
}
