using EventFunctions.Integration;
using EventFunctions.Webhooks.Sending;
using EventFunctions.Webhooks.Storing;
using FluentValidation;

namespace EventFunctions.Webhooks.Api;

/// <summary>The body of a registration. Everything may be missing until it is validated.</summary>
/// <param name="Url">Where events are to be posted to: https, on the public internet.</param>
/// <param name="EventTypes">What is wanted: types such as <c>shop.order.placed.v1</c> or beginnings such as <c>shop.order.*</c>; none is everything.</param>
/// <param name="Description">What it is for.</param>
public sealed record RegisterWebhookRequest(string? Url, IReadOnlyList<string?>? EventTypes = null, string? Description = null);

/// <summary>Finds everything wrong with a registration at once.</summary>
public sealed class RegisterWebhookValidator : AbstractValidator<RegisterWebhookRequest>
{
    /// <summary>Declares the rules.</summary>
    /// <param name="contracts">What can be wanted.</param>
    /// <param name="allowsPrivate">Whether an address may be on one's own machine.</param>
    public RegisterWebhookValidator(IntegrationContracts contracts, bool allowsPrivate)
    {
        ArgumentNullException.ThrowIfNull(contracts);
        RuleFor(r => r.Url).Custom((url, context) =>
        {
            if (WebhookUrl.ProblemOf(url, allowsPrivate) is { } problem)
            {
                context.AddFailure(problem);
            }
        });
        RuleFor(r => r.EventTypes).Must(types => types is null or { Count: <= WebhookLimits.MaxEventTypes })
            .WithMessage($"Must have at most {WebhookLimits.MaxEventTypes} entries.");
        RuleForEach(r => r.EventTypes).Must(entry => entry is not null && contracts.All.Any(c => EventTypeFilter.Fits(entry, c.Type)))
            .WithMessage("Must be a type of integration events, e.g. shop.order.placed.v1, or a beginning of one, e.g. shop.order.*.");
        RuleFor(r => r.Description).MaximumLength(WebhookLimits.MaxDescriptionLength)
            .WithMessage($"Must have at most {WebhookLimits.MaxDescriptionLength} characters.");
    }
}
