using System.ComponentModel.DataAnnotations;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Ordering.Saga;
using EventFunctions.Resilience;

namespace EventFunctions.Composition;

/// <summary>The section <c>Supplier</c> of the settings.</summary>
public sealed record SupplierOptions : ProviderOptions
{
    /// <summary>Shared with the supplier, which signs its messages with it.</summary>
    [Required]
    [MinLength(16)]
    public string? WebhookSecret { get; init; }

    /// <summary>
    /// So many times a product's low-stock threshold is to be available once a delivery is in: of a product with a threshold of
    /// 10 of which 4 are available, 3 orders 26.
    /// </summary>
    [Range(1.0, 1000.0)]
    public double OrderUpTo { get; init; } = 3;

    /// <summary>How long the supplier has to confirm a delivery until it is reminded.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan ConfirmationTimeout { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long it has after the reminder until operators are told.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan ReminderTimeout { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often a step of a replenishment is tried, the first time included.</summary>
    [Range(1, 100)]
    public int StepAttempts { get; init; } = 8;

    /// <summary>The delay after the first attempt of a step; it doubles with each, up to <see cref="LongestStepDelay"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan StepDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>No delay between attempts of a step is longer; not less than <see cref="StepDelay"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan LongestStepDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What every new replenishment is told.</summary>
    public ReplenishmentSettings ToReplenishmentSettings() => new(
        OrderUpTo, ConfirmationTimeout, ReminderTimeout, new SagaRetry(StepAttempts, StepDelay, Backoff: 2, LongestStepDelay));
}
