using System.ComponentModel.DataAnnotations;
using EventFunctions.Customers.Onboarding;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Composition;

/// <summary>The section <c>Customers</c> of the settings.</summary>
public sealed record CustomersOptions
{
    /// <summary>The shortest secret, in characters.</summary>
    public const int MinKeyLength = 32;

    /// <summary>
    /// The secret under which addresses are looked up, so that what is stored for it tells none. Who changes it lets addresses be
    /// registered a second time.
    /// </summary>
    [Required]
    [MinLength(MinKeyLength)]
    public string? EmailIndexKey { get; init; }

    /// <summary>The secret of the tokens that show an address to be somebody's. Who changes it makes worthless those that are under way.</summary>
    [Required]
    [MinLength(MinKeyLength)]
    public string? VerificationKey { get; init; }

    /// <summary>The page of the shop that a verification mail leads to; it gets <c>customer</c> and <c>token</c> as query parameters.</summary>
    [Required]
    public Uri? VerificationPage { get; init; }

    /// <summary>
    /// How long an address that was reserved is left alone though no account has it: longer than any request takes, because the
    /// account may be about to be written.
    /// </summary>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan ReservationGrace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>When after the registration the customer is reminded to verify the address.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan FirstReminder { get; init; } = TimeSpan.FromDays(1);

    /// <summary>When after the registration the customer is reminded again; after <see cref="FirstReminder"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan SecondReminder { get; init; } = TimeSpan.FromDays(3);

    /// <summary>When after the registration an account whose address is not verified is closed; after <see cref="SecondReminder"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Expiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How often a step of the onboarding is tried, the first time included.</summary>
    [Range(1, 100)]
    public int StepAttempts { get; init; } = 8;

    /// <summary>The delay after the first attempt; it doubles with each.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>No delay between attempts is longer.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether the times of the onboarding follow one another.</summary>
    public bool IsInOrder => FirstReminder < SecondReminder && SecondReminder < Expiry;

    /// <summary>What every new onboarding is told.</summary>
    public OnboardingSettings ToOnboardingSettings() =>
        new(FirstReminder, SecondReminder, Expiry, new SagaRetry(StepAttempts, RetryDelay, Backoff: 2, LongestRetryDelay));
}
