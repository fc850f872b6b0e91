using EventFunctions.Http;

namespace EventFunctions.Webhooks.Api;

/// <summary>A webhook as operators see it: without its secret.</summary>
/// <param name="Id">Identifies it.</param>
/// <param name="Url">Where events are posted to.</param>
/// <param name="EventTypes">What it wants; none is everything.</param>
/// <param name="Description">What it is for.</param>
/// <param name="State">Whether anything is sent.</param>
/// <param name="CreatedAt">When it was registered, UTC.</param>
/// <param name="VerifiedAt">When it was verified, UTC.</param>
/// <param name="Disabled">Why and since when nothing is sent.</param>
/// <param name="FailingSince">When the first attempt failed that no success followed, UTC.</param>
/// <param name="GivenUpInARow">How many deliveries were given up without a success in between.</param>
public sealed record WebhookReport(
    Guid Id,
    Uri Url,
    IReadOnlyList<string> EventTypes,
    string? Description,
    WebhookState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? VerifiedAt,
    Disabling? Disabled,
    DateTimeOffset? FailingSince,
    int GivenUpInARow)
{
    /// <summary>The report of a webhook.</summary>
    public static WebhookReport Of(Webhook webhook)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return new WebhookReport(
            webhook.Id,
            webhook.Url,
            webhook.EventTypes,
            webhook.Description,
            webhook.State,
            webhook.CreatedAt,
            webhook.VerifiedAt,
            webhook.Disabled,
            webhook.FailingSince,
            webhook.GivenUp.Count);
    }

    /// <summary>The answer that there is no such webhook.</summary>
    internal static Problem NotFound(string id) => Problem.NotFound("webhook-not-found", $"There is no webhook '{id}'.");

    /// <summary>The webhook that a route names.</summary>
    /// <exception cref="ProblemException">404: no webhook can have that id.</exception>
    internal static Guid IdOf(string text) => Guid.TryParse(text, out var id) ? id : throw new ProblemException(NotFound(text));
}

/// <summary>A webhook with the secret that its deliveries are signed with. It is not shown again.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Secret">The secret, as the Standard Webhooks specification writes it: <c>whsec_</c> and Base64.</param>
/// <param name="PreviousSecretUntil">Until when deliveries are signed with the secret before as well, UTC.</param>
public sealed record WebhookWithSecret(WebhookReport Webhook, string Secret, DateTimeOffset? PreviousSecretUntil = null);
