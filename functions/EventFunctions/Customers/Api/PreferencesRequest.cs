using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using FluentValidation;

namespace EventFunctions.Customers.Api;

/// <summary>How a customer wants to be spoken to, as it comes in. What is missing is as it is for somebody who has said nothing.</summary>
/// <param name="Language">A language, perhaps with a region, e.g. <c>de-AT</c>.</param>
/// <param name="MarketingConsent">Whether advertising may be sent.</param>
/// <param name="Channels">By which ways.</param>
public sealed record PreferencesRequest(string? Language, bool? MarketingConsent, ChannelsRequest? Channels)
{
    /// <summary>The preferences that a valid body, or none, asks for.</summary>
    public static CustomerPreferences ToPreferences(PreferencesRequest? request)
    {
        var usual = CustomerPreferences.Default;
        return request is null
            ? usual
            : new CustomerPreferences(
                request.Language is { } tag ? new LanguageTag(tag) : usual.Language,
                request.MarketingConsent ?? usual.MarketingConsent,
                new ContactChannels(request.Channels?.Email ?? usual.Channels.Email, request.Channels?.Sms ?? usual.Channels.Sms));
    }
}

/// <summary>By which ways a customer may be reached.</summary>
/// <param name="Email">By e-mail.</param>
/// <param name="Sms">By text message.</param>
public sealed record ChannelsRequest(bool? Email, bool? Sms);

/// <summary>Finds everything wrong with preferences.</summary>
public sealed class PreferencesValidator : AbstractValidator<PreferencesRequest>
{
    /// <summary>Declares the rules.</summary>
    public PreferencesValidator() => RuleFor(r => r.Language).Must(tag => tag is null || LanguageTag.TryCreate(tag, out _))
        .WithMessage("Must be a language, perhaps with a region, e.g. 'de' or 'de-AT'.");
}
