using EventFunctions.Http;
using EventFunctions.Http.OpenApi;
using EventFunctions.Webhooks.Secrets;
using EventFunctions.Webhooks.Storing;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Webhooks.Api;

/// <summary>
/// <c>POST /api/admin/webhooks</c>: registers an address that events are to be posted to. Nothing is sent to it until it is
/// verified. Registrations are the operators' business: whoever gets the shop's events is let in by them.
/// </summary>
/// <param name="webhooks">Keeps it.</param>
/// <param name="list">All of them.</param>
/// <param name="secrets">Seals its secret.</param>
/// <param name="validator">Checks the body.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class RegisterWebhookEndpoint(
    IWebhooks webhooks, IWebhookList list, IWebhookSecrets secrets, IValidator<RegisterWebhookRequest> validator, TimeProvider timeProvider)
{
    /// <summary>The namespace of idempotency keys of this request.</summary>
    private static readonly Guid KeyScope = new("0d5b1b3c-7c52-4a6b-9d0a-5f1f7a0b8e61");

    /// <summary>
    /// 201 with the webhook and its secret, which is shown here and never again; 200 without it where the idempotency key was
    /// used before: a secret that was lost on the way is replaced by a new one.
    /// </summary>
    [Function("RegisterWebhook")]
    [ApiBody(typeof(RegisterWebhookRequest))]
    [ApiHeaders(IdempotencyKey = true)]
    [ApiAnswer(201, typeof(WebhookWithSecret), HasETag = true, HasLocation = true)]
    [ApiAnswer(200, typeof(WebhookReport), HasETag = true)]
    [ApiProblem(422, "too-many-webhooks")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = AdminRoutes.Prefix + "webhooks")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var body = (await RequestBody.ReadAsync(request, cancellationToken)).Json<RegisterWebhookRequest>();
        validator.Check(body);
        var id = IdempotencyKey.IdFor(request, KeyScope);
        if ((await list.ListAsync(cancellationToken)).Count >= WebhookLimits.MaxWebhooks)
        {
            return new ProblemResult(Problem.Rule("too-many-webhooks", $"There are {WebhookLimits.MaxWebhooks} webhooks already; delete one first."));
        }

        var secret = WebhookSignature.NewSecret();
        var webhook = new Webhook(
            id,
            new Uri(body.Url!),
            [.. (body.EventTypes ?? []).OfType<string>().Distinct(StringComparer.Ordinal)],
            body.Description,
            secrets.Seal(id, secret),
            timeProvider.GetUtcNow(),
            WebhookState.Unverified);
        if (!await webhooks.SaveAsync(webhook, token: null, cancellationToken))
        {
            return await webhooks.FindAsync(id, cancellationToken) is { Value: var known }
                ? new ApiResult(StatusCodes.Status200OK, WebhookReport.Of(known), known.Version)
                : new ProblemResult(WebhookReport.NotFound(id.ToString()));
        }

        var report = new WebhookWithSecret(WebhookReport.Of(webhook), WebhookSignature.TextOf(secret));
        return new ApiResult(StatusCodes.Status201Created, report, webhook.Version, $"/api/admin/webhooks/{id}");
    }
}
