using System.ComponentModel.DataAnnotations;

namespace EventFunctions.Resilience;

/// <summary>Where an outside service is, and how patiently it is called.</summary>
public record ProviderOptions
{
    /// <summary>The address every path is relative to; ends in a slash.</summary>
    [Required]
    public Uri? BaseAddress { get; init; }

    /// <summary>How long one attempt may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many attempts may follow the first inside one call.</summary>
    [Range(1, 10)]
    public int Retries { get; init; } = 2;

    /// <summary>The delay before the first retry; it doubles with each, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The share of failed attempts that opens the circuit, 0.1 to 1. Declines are answers, not failures.</summary>
    [Range(0.1, 1.0)]
    public double BreakAtFailureRatio { get; init; } = 0.8;

    /// <summary>How many attempts within <see cref="BreakWindow"/> it takes before the ratio counts.</summary>
    [Range(2, 10_000)]
    public int BreakAtMinimumAttempts { get; init; } = 40;

    /// <summary>The time over which failures are counted.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan BreakWindow { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an open circuit stays open.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(3);
}
