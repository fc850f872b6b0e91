using static EventFunctions.Customers.Onboarding.OnboardingState;
using static EventFunctions.Customers.Onboarding.OnboardingTrigger;

namespace EventFunctions.Customers.Onboarding;

/// <summary>The ways from one state of the onboarding to another. There are no others; docs/sagas/onboarding.md draws these.</summary>
public static class OnboardingTransitions
{
    /// <summary>Where every onboarding begins.</summary>
    public const OnboardingState Start = Inviting;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<OnboardingTransition> All { get; } =
    [
        .. Mailing(Inviting, Invited),
        new(Invited, ReminderDue, Reminding),
        .. Ending(Invited),
        .. Mailing(Reminding, Reminded),
        new(Reminded, ReminderDue, RemindingAgain),
        .. Ending(Reminded),
        .. Mailing(RemindingAgain, RemindedAgain),
        new(RemindedAgain, ExpiryDue, Expiring),
        .. Ending(RemindedAgain),
        new(Expiring, RegistrationExpired, Expired),
        new(Expiring, OnboardingTrigger.ExpiryFailed, OnboardingState.ExpiryFailed),
        .. Ending(Expiring),
    ];

    /// <summary>The next state.</summary>
    /// <exception cref="InvalidOperationException">There is no such way, which is a bug.</exception>
    public static OnboardingState Next(OnboardingState state, OnboardingTrigger trigger) =>
        All.SingleOrDefault(t => t.From == state && t.On == trigger)?.To
        ?? throw new InvalidOperationException($"No way leads from '{state}' on '{trigger}'.");

    /// <summary>Whether no way leads on.</summary>
    public static bool IsEnd(OnboardingState state) => All.All(t => t.From != state);

    private static IEnumerable<OnboardingTransition> Mailing(OnboardingState state, OnboardingState next) =>
        [new(state, MailSent, next), new(state, MailFailed, next), .. Ending(state)];

    private static IEnumerable<OnboardingTransition> Ending(OnboardingState state) =>
        [new(state, AddressVerified, Completed), new(state, AccountClosed, Closed)];
}

/// <summary>A way from one state of the onboarding to another.</summary>
/// <param name="From">The state.</param>
/// <param name="On">What happens.</param>
/// <param name="To">The next state.</param>
public sealed record OnboardingTransition(OnboardingState From, OnboardingTrigger On, OnboardingState To);
