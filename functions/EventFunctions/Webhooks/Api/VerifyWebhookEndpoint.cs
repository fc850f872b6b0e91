using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Webhooks.Storing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Webhooks.Api;

/// <summary>
/// <c>POST /api/admin/webhooks/{webhookId}/verify</c>: verifies a webhook by a challenge that its address has to send back, and
/// enables it.
/// </summary>
/// <param name="webhooks">The webhooks.</param>
/// <param name="changes">Changes it.</param>
/// <param name="verification">Posts the challenge.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class VerifyWebhookEndpoint(IWebhooks webhooks, WebhookChanges changes, WebhookVerification verification, TimeProvider timeProvider)
{
    /// <summary>200 with the webhook, enabled; 422 with what was wrong with the answer; 404.</summary>
    [Function("VerifyWebhook")]
    [ApiAnswer(200, typeof(WebhookReport), HasETag = true)]
    [ApiProblem(404, "webhook-not-found")]
    [ApiProblem(422, "webhook-challenge-failed")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "webhooks/{webhookId}/verify")] HttpRequest request,
        string webhookId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = WebhookReport.IdOf(webhookId);
        if (await webhooks.FindAsync(id, cancellationToken) is not { } stored)
        {
            return new ProblemResult(WebhookReport.NotFound(webhookId));
        }

        if (await verification.FailureOfAsync(stored.Value, cancellationToken) is { } failure)
        {
            return new ProblemResult(Problem.Rule("webhook-challenge-failed", $"'{stored.Value.Url}' did not send the challenge back. {failure}"));
        }

        return await changes.ApplyAsync(id, w => w.Verified(timeProvider.GetUtcNow()), cancellationToken) is { } verified
            ? new ApiResult(StatusCodes.Status200OK, WebhookReport.Of(verified), verified.Version)
            : new ProblemResult(WebhookReport.NotFound(webhookId));
    }
}
