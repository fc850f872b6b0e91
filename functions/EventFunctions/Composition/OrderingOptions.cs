using System.ComponentModel.DataAnnotations;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;

namespace EventFunctions.Composition;

/// <summary>The section <c>Ordering</c> of the settings.</summary>
public sealed record OrderingOptions
{
    /// <summary>Who leads the orders placed from now on; those placed before are not touched.</summary>
    [EnumDataType(typeof(OrderFlow))]
    public OrderFlow Flow { get; init; } = OrderFlow.Orchestration;

    /// <summary>
    /// By ISO 4217 code, the amount above which an order has to be reviewed before it is confirmed. Orders in a currency that
    /// is not named go unreviewed.
    /// </summary>
    public IReadOnlyDictionary<string, decimal> ReviewAbove { get; init; } = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long an order waits for its review; then it is cancelled.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan ReviewTimeout { get; init; } = TimeSpan.FromDays(2);

    /// <summary>How long the parcel may take to arrive; then it is overdue.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan DeliveryTimeout { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long an operation of the store or of an outside service without an answer may still take effect there.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan SettleDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How often a step is tried, the first time included. Where no saga leads, a step is tried once with each delivery of its message,
    /// so no more often than the broker delivers one (10).
    /// </summary>
    [Range(1, 100)]
    public int StepAttempts { get; init; } = 5;

    /// <summary>How often a saga tries to undo a step, the first time included.</summary>
    [Range(1, 100)]
    public int UndoAttempts { get; init; } = 10;

    /// <summary>The delay after a saga's first attempt; it doubles with each.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>No delay between attempts is longer; not less than <see cref="RetryDelay"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether an order of that total has to be reviewed.</summary>
    public bool NeedsReview(Money total)
    {
        ArgumentNullException.ThrowIfNull(total);
        return ReviewAbove.TryGetValue(total.Currency.Code, out var limit) && total.Amount > limit;
    }

    /// <summary>What every new saga is told.</summary>
    public OrderSagaSettings ToSagaSettings() => new(
        DeliveryTimeout,
        SettleDelay,
        new SagaRetry(StepAttempts, RetryDelay, Backoff: 2, LongestRetryDelay),
        new SagaRetry(UndoAttempts, RetryDelay, Backoff: 2, LongestRetryDelay),
        ReviewTimeout);
}
