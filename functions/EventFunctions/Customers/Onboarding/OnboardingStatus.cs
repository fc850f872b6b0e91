namespace EventFunctions.Customers.Onboarding;

/// <summary>Where an onboarding stands, as its custom status and its result show it.</summary>
/// <param name="State">The name of an <see cref="OnboardingState"/>.</param>
/// <param name="FailedMails">How many of its mails could not be sent.</param>
public sealed record OnboardingStatus(string State, int FailedMails);

/// <summary>The names of what a running onboarding can be told.</summary>
public static class OnboardingEvents
{
    /// <summary>The account is open, or closed, now; carries an <see cref="AccountNotice"/>.</summary>
    public const string AccountChanged = "AccountChanged";
}

/// <summary>What became of the account.</summary>
/// <param name="IsOpen">Whether it is open now: an address is verified.</param>
public sealed record AccountNotice(bool IsOpen);
