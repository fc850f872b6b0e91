namespace EventFunctions.Domain.Customers;

/// <summary>
/// How a customer wants to be spoken to. It says nothing about who they are, and a shop has to be able to show a consent after it
/// has forgotten the customer, so it is not marked as personal data.
/// </summary>
/// <param name="Language">In which language, where there is a text in it.</param>
/// <param name="MarketingConsent">
/// Whether the customer agrees to be sent advertising. What has to do with an order or the account is sent without it.
/// </param>
/// <param name="Channels">By which ways advertising may come.</param>
public sealed record CustomerPreferences(LanguageTag Language, bool MarketingConsent, ContactChannels Channels)
{
    /// <summary>What is assumed of somebody who has said nothing: English, and no advertising.</summary>
    public static CustomerPreferences Default { get; } = new(LanguageTag.English, MarketingConsent: false, new ContactChannels(Email: true, Sms: false));

    /// <summary>Whether advertising may be sent by e-mail.</summary>
    public bool AllowsMarketingMail() => MarketingConsent && Channels.Email;
}

/// <summary>By which ways a customer may be reached.</summary>
/// <param name="Email">By e-mail.</param>
/// <param name="Sms">By text message to the customer's telephone.</param>
public sealed record ContactChannels(bool Email, bool Sms);
