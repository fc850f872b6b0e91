using System.ComponentModel.DataAnnotations;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Composition;

/// <summary>The section <c>Ordering</c> of the settings.</summary>
public sealed record OrderingOptions
{
    /// <summary>How long a saga waits for the parcel to arrive.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long an operation of an outside service without an answer may still take effect there.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan SettleDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a step is tried, the first time included.</summary>
    [Range(1, 100)]
    public int StepAttempts { get; init; } = 5;

    /// <summary>How often the undoing of a step is tried, the first time included.</summary>
    [Range(1, 100)]
    public int UndoAttempts { get; init; } = 10;

    /// <summary>The delay after the first attempt; it doubles with each.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No delay between attempts is longer; not less than <see cref="RetryDelay"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What every new saga is told.</summary>
    public OrderSagaSettings ToSagaSettings() => new(
        DeliveryTimeout,
        SettleDelay,
        new SagaRetry(StepAttempts, RetryDelay, Backoff: 2, LongestRetryDelay),
        new SagaRetry(UndoAttempts, RetryDelay, Backoff: 2, LongestRetryDelay));
}
