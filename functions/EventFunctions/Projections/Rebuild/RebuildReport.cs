using EventFunctions.EventSourcing;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Projections.Rebuild;

/// <summary>A rebuild as an operator sees it.</summary>
/// <param name="Projection">The projection's name.</param>
/// <param name="Phase">One of <see cref="RebuildPhase"/>; <c>Terminated</c> or <c>Broken</c> if the orchestration itself ended otherwise.</param>
/// <param name="IsPaused">Whether it was paused.</param>
/// <param name="Status">Progress, rate and findings; none before the first step.</param>
/// <param name="EstimatedEnd">When the reading will end if it goes on as it did, judged by the times of the events; none if not known.</param>
/// <param name="Generations">Which generations there are at this moment, and which streams they could not follow.</param>
/// <param name="Commands">What it can be told now.</param>
/// <param name="Error">Why the orchestration itself failed.</param>
public sealed record RebuildReport(
    string Projection,
    string Phase,
    bool IsPaused,
    RebuildStatus? Status,
    DateTimeOffset? EstimatedEnd,
    ProjectionGenerations Generations,
    IReadOnlyList<string> Commands,
    string? Error)
{
    private const string Terminated = "Terminated";
    private const string Broken = "Broken";

    /// <summary>What an instance and the register tell together.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="instance">The orchestration, with its payloads.</param>
    /// <param name="generations">The generations as they are now.</param>
    public static RebuildReport Of(string projection, OrchestrationMetadata instance, ProjectionGenerations generations)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var status = instance.ReadCustomStatusAs<RebuildStatus>();
        var isPaused = instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended;
        var phase = instance.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Failed => Broken,
            OrchestrationRuntimeStatus.Terminated => Terminated,
            _ => status?.Phase ?? RebuildPhase.Beginning,
        };
        return new RebuildReport(
            projection, phase, isPaused, status, EndOf(status), generations, CommandsOf(phase, status?.FailedPhase, isPaused), instance.FailureDetails?.ErrorMessage);
    }

    private static IReadOnlyList<string> CommandsOf(string phase, string? failedPhase, bool isPaused) =>
    [
        .. RebuildCommands.All.Where(command => command switch
        {
            RebuildCommands.Pause => !isPaused && phase is not (Broken or Terminated) && !RebuildPhase.IsEnd(phase) && !RebuildPhase.IsWaiting(phase),
            RebuildCommands.Resume when isPaused => true,
            _ => RebuildCommands.Next(command, phase, failedPhase) is not null,
        }),
    ];

    /// <summary>
    /// Nobody counts what is yet to come, but events carry their times: a range that has come half the way from its first to
    /// now has most likely half its events behind it. The slowest range tells.
    /// </summary>
    private static DateTimeOffset? EndOf(RebuildStatus? status)
    {
        if (status is not { Phase: RebuildPhase.Replaying, ReadFrom: { } from, ReadingSince: { } since, ReadingUntil: { } until })
        {
            return null;
        }

        var slowest = status.Ranges.Where(r => !r.IsCaughtUp).Min(r => r.ReadTo);
        var share = (slowest - from) / (new DateTimeOffset(until, TimeSpan.Zero) - from);
        return share is > 0 and <= 1 ? new DateTimeOffset(since, TimeSpan.Zero) + ((until - since) / share.Value) : null;
    }
}
