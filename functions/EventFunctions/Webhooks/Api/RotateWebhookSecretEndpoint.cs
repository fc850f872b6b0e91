using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Webhooks.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Webhooks.Api;

/// <summary>
/// <c>POST /api/admin/webhooks/{webhookId}/rotate-secret</c>: gives a webhook a new secret. For a day deliveries are signed with
/// both, so that the receiver can change over without missing one.
/// </summary>
/// <param name="changes">Changes it.</param>
/// <param name="secrets">Seals the secret.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class RotateWebhookSecretEndpoint(WebhookChanges changes, IWebhookSecrets secrets, TimeProvider timeProvider)
{
    /// <summary>200 with the webhook and its new secret, which is shown here and never again; 404.</summary>
    [Function("RotateWebhookSecret")]
    [ApiAnswer(200, typeof(WebhookWithSecret), HasETag = true)]
    [ApiProblem(404, "webhook-not-found")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "webhooks/{webhookId}/rotate-secret")] HttpRequest request,
        string webhookId,
        CancellationToken cancellationToken)
    {
        _ = request;
        var id = WebhookReport.IdOf(webhookId);
        var secret = WebhookSignature.NewSecret();
        var rotated = await changes.ApplyAsync(id, w => w.Rotated(secrets.Seal(id, secret), timeProvider.GetUtcNow()), cancellationToken);
        return rotated is null
            ? new ProblemResult(WebhookReport.NotFound(webhookId))
            : new ApiResult(
                StatusCodes.Status200OK,
                new WebhookWithSecret(WebhookReport.Of(rotated), WebhookSignature.TextOf(secret), rotated.PreviousSecret?.Until),
                rotated.Version);
    }
}
