using Microsoft.DurableTask;

namespace EventFunctions.Projections.Rebuild;

/// <summary>How a rebuild goes about it; fixed at its start, so that a replay decides as the first run did.</summary>
/// <param name="SettleDelay">How long a change of generations takes to be known everywhere.</param>
/// <param name="Retention">How long the generation before is kept.</param>
/// <param name="ApprovalTimeout">How long a differing generation waits to be approved.</param>
/// <param name="EventsPerStep">How many events a step applies.</param>
/// <param name="ViewsPerStep">How many views a step compares or deletes.</param>
/// <param name="ParallelRanges">How many ranges are read at a time.</param>
/// <param name="StepAttempts">How often a step is tried, the first time included.</param>
/// <param name="RetryDelay">Before the second attempt; it doubles with each.</param>
public sealed record RebuildSettings(
    TimeSpan SettleDelay,
    TimeSpan Retention,
    TimeSpan ApprovalTimeout,
    int EventsPerStep,
    int ViewsPerStep,
    int ParallelRanges,
    int StepAttempts,
    TimeSpan RetryDelay)
{
    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(30);

    /// <summary>How a step is tried again.</summary>
    public TaskOptions ToTaskOptions() => TaskOptions.FromRetryPolicy(
        new RetryPolicy(StepAttempts, RetryDelay, backoffCoefficient: 2, maxRetryInterval: LongestRetryDelay));
}
