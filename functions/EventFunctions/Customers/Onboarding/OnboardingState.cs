namespace EventFunctions.Customers.Onboarding;

/// <summary>Where the onboarding of a customer stands.</summary>
public enum OnboardingState
{
    /// <summary>The verification mail is being sent.</summary>
    Inviting,

    /// <summary>It was sent; the first reminder is not due.</summary>
    Invited,

    /// <summary>The first reminder is being sent.</summary>
    Reminding,

    /// <summary>It was sent; the second one is not due.</summary>
    Reminded,

    /// <summary>The second reminder is being sent.</summary>
    RemindingAgain,

    /// <summary>It was sent; the time is not up.</summary>
    RemindedAgain,

    /// <summary>The time is up; the account is being closed.</summary>
    Expiring,

    /// <summary>End: the customer has verified an address.</summary>
    Completed,

    /// <summary>End: nobody verified an address in time, and the account is closed.</summary>
    Expired,

    /// <summary>End: the account was closed or erased for another reason.</summary>
    Closed,

    /// <summary>End: the time is up, but the account could not be closed; an operator has to look.</summary>
    ExpiryFailed,
}
