namespace EventFunctions.Customers.Onboarding;

/// <summary>What takes the onboarding of a customer from one state to another.</summary>
public enum OnboardingTrigger
{
    /// <summary>The mail was sent.</summary>
    MailSent,

    /// <summary>The mail could not be sent, however often it was tried; the next one may be.</summary>
    MailFailed,

    /// <summary>A reminder is due.</summary>
    ReminderDue,

    /// <summary>The time is up.</summary>
    ExpiryDue,

    /// <summary>The customer has verified an address.</summary>
    AddressVerified,

    /// <summary>The account is closed or erased.</summary>
    AccountClosed,

    /// <summary>The account was closed because the time is up.</summary>
    RegistrationExpired,

    /// <summary>The account could not be closed, however often it was tried.</summary>
    ExpiryFailed,
}
