namespace EventFunctions.Customers.Onboarding;

/// <summary>The activities of the onboarding, by the names of their functions.</summary>
public static class OnboardingSteps
{
    /// <summary>Sends a mail with a link that verifies the address.</summary>
    public const string SendVerificationMail = "send-verification-mail";

    /// <summary>Closes an account whose address nobody has verified.</summary>
    public const string ExpireRegistration = "expire-registration";
}

/// <summary>Tells a step whose step it is.</summary>
/// <param name="Trace">The onboarding.</param>
/// <param name="Template">The mail that is sent.</param>
public sealed record VerificationMailStep(OnboardingTrace Trace, string Template);

/// <summary>Tells a step whose step it is.</summary>
/// <param name="Trace">The onboarding.</param>
public sealed record ExpiryStep(OnboardingTrace Trace);

/// <summary>What a step found or did.</summary>
/// <param name="Trigger">What it is to the onboarding: the name of an <see cref="OnboardingTrigger"/>.</param>
public sealed record OnboardingStepOutcome(string Trigger)
{
    /// <summary>The outcome of a trigger.</summary>
    public static OnboardingStepOutcome Of(OnboardingTrigger trigger) => new(trigger.ToString());

    /// <summary>The trigger.</summary>
    public OnboardingTrigger ToTrigger() => Enum.Parse<OnboardingTrigger>(Trigger);
}
