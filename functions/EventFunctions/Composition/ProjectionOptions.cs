using System.ComponentModel.DataAnnotations;
using EventFunctions.Projections.Rebuild;

namespace EventFunctions.Composition;

/// <summary>The section <c>Projections</c> of the settings.</summary>
public sealed record ProjectionOptions
{
    /// <summary>How long an answer to which generation of views serves may be used: so long after a switch some readers see the old one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan GenerationCacheTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a rebuild waits for a change of generations to be known everywhere; longer than <see cref="GenerationCacheTime"/>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan SettleDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the generation before is kept for a way back.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "90.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long a new generation that differs waits for its approval; then it is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "90.00:00:00", ConvertValueInInvariantCulture = true)]
    public TimeSpan ApprovalTimeout { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How many events a step of a rebuild reads and applies; the more, the fewer writes and the more memory.</summary>
    [Range(1, 100_000)]
    public int EventsPerStep { get; init; } = 10_000;

    /// <summary>How many views a step compares or deletes.</summary>
    [Range(1, 100_000)]
    public int ViewsPerStep { get; init; } = 2000;

    /// <summary>How many ranges of the feed are read at a time.</summary>
    [Range(1, 64)]
    public int ParallelRanges { get; init; } = 4;

    /// <summary>How often a step of a rebuild is tried, the first time included.</summary>
    [Range(1, 100)]
    public int StepAttempts { get; init; } = 8;

    /// <summary>The delay after the first attempt; it doubles with each, up to half a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:30", ConvertValueInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What every new rebuild is told.</summary>
    public RebuildSettings ToRebuildSettings() => new(
        SettleDelay, Retention, ApprovalTimeout, EventsPerStep, ViewsPerStep, ParallelRanges, StepAttempts, RetryDelay);
}
