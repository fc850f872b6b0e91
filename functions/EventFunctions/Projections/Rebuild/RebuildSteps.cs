using EventFunctions.EventSourcing;
using EventFunctions.Projections.Rebuild.Steps;
using Microsoft.DurableTask;

namespace EventFunctions.Projections.Rebuild;

/// <summary>What is done in each phase of a rebuild. Every step can be taken again from the same state.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="settings">How the rebuild goes about it.</param>
public sealed class RebuildSteps(TaskOrchestrationContext context, RebuildSettings settings)
{
    /// <summary>Where events come without end, the passes end here: what is committed after the first one is handled live in any case.</summary>
    private const int MaxPasses = 5;

    private const int MaxLooks = 3;

    private readonly TaskOptions _options = settings.ToTaskOptions();

    /// <summary>Announces the new generation.</summary>
    public async Task<RebuildState> BeginAsync(RebuildState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var plan = await context.CallActivityAsync<RebuildPlan>(nameof(BeginGeneration), GenerationOf(state), _options);
        return state with
        {
            Serving = plan.Serving,
            Ranges = [.. plan.Ranges.Select(range => new RangeProgress(range, null, IsCaughtUp: false, 0, 0, null, null))],
            Phase = RebuildPhase.Settling,
        };
    }

    /// <summary>Waits until every handler of events knows of the new generation.</summary>
    public async Task<RebuildState> SettleAsync(RebuildState state)
    {
        await context.CreateTimer(settings.SettleDelay, CancellationToken.None);
        return state with { Phase = RebuildPhase.Replaying, ReadingSince = context.CurrentUtcDateTime };
    }

    /// <summary>Reads on in some of the ranges; passes over all ranges end when one found nothing.</summary>
    public async Task<RebuildState> ReplayAsync(RebuildState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var open = state.Ranges.Where(r => !r.IsCaughtUp).Take(settings.ParallelRanges).ToList();
        var steps = await Task.WhenAll(open.Select(range => context.CallActivityAsync<RangeStep>(
            nameof(ReplayFeedRange),
            new ReplayRequest(state.Projection, state.Generation, range.Range, range.Continuation, settings.EventsPerStep),
            _options)));
        var after = open.Zip(steps).ToDictionary(pair => pair.First.Range, pair => pair.First.After(pair.Second), StringComparer.Ordinal);
        state = state with
        {
            Ranges = [.. state.Ranges.Select(r => after.GetValueOrDefault(r.Range, r))],
            EventsInPass = state.EventsInPass + steps.Sum(s => s.EventsRead),
            ReadingUntil = context.CurrentUtcDateTime,
        };
        return state switch
        {
            _ when state.Ranges.Any(r => !r.IsCaughtUp) => state,
            { EventsInPass: > 0, PassesDone: < MaxPasses } => state with
            {
                Ranges = [.. state.Ranges.Select(r => r with { IsCaughtUp = false })],
                PassesDone = state.PassesDone + 1,
                EventsInPass = 0,
            },
            _ => state with { Phase = RebuildPhase.Mending },
        };
    }

    /// <summary>Tries the streams again that failed, before anything is compared.</summary>
    public async Task<RebuildState> MendAsync(RebuildState state) => await WithFailuresAsync(state) with
    {
        Phase = RebuildPhase.Comparing,
        Comparison = GenerationComparison.Begin,
        Looks = 0,
    };

    /// <summary>Goes on comparing.</summary>
    public async Task<RebuildState> CompareAsync(RebuildState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var comparison = await context.CallActivityAsync<GenerationComparison>(
            nameof(CompareGenerations), CompareRequestOf(state, isSecondLook: false), _options);
        return Compared(state with { Comparison = comparison });
    }

    /// <summary>Looks again at the views that differed.</summary>
    public async Task<RebuildState> LookAgainAsync(RebuildState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        await context.CreateTimer(settings.SettleDelay, CancellationToken.None);
        var comparison = await context.CallActivityAsync<GenerationComparison>(
            nameof(CompareGenerations), CompareRequestOf(state, isSecondLook: true), _options);
        return Compared(state with { Comparison = comparison, Looks = state.Looks + 1 });
    }

    /// <summary>Lets the new generation serve by itself only if nothing failed, and nothing differs or differences are accepted.</summary>
    public async Task<RebuildState> DecideAsync(RebuildState state)
    {
        state = await WithFailuresAsync(state);
        var isWhole = state.Failures.Count == 0 && state.FailuresNotKept == 0;
        return isWhole && (state.AcceptDifferences || state.Comparison!.Differences == 0)
            ? state with { Phase = RebuildPhase.Switching }
            : state with { Phase = RebuildPhase.AwaitingApproval, Deadline = context.CurrentUtcDateTime + settings.ApprovalTimeout };
    }

    /// <summary>Has the new generation serve.</summary>
    public async Task<RebuildState> SwitchAsync(RebuildState state)
    {
        await ChangeAsync(state, GenerationChange.Switch);
        return state with { Phase = RebuildPhase.Kept, Deadline = context.CurrentUtcDateTime + settings.Retention };
    }

    /// <summary>Has the generation before serve again, brought up to date where it could not follow.</summary>
    public async Task<RebuildState> RollBackAsync(RebuildState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        await context.CallActivityAsync<ProjectionGenerations>(
            nameof(MendGeneration), new GenerationRequest(state.Projection, state.Serving), _options);
        return await RetireAsync(state, GenerationChange.RollBack, RebuildPhase.RolledBack);
    }

    /// <summary>Gives up the generation before.</summary>
    public Task<RebuildState> FinishAsync(RebuildState state) => RetireAsync(state, GenerationChange.Finish, RebuildPhase.Completed);

    /// <summary>Gives up the new generation.</summary>
    public Task<RebuildState> CancelAsync(RebuildState state) => RetireAsync(state, GenerationChange.Abandon, RebuildPhase.Cancelled);

    /// <summary>Deletes what is retired, and once more what a handler wrote that knew of no change yet.</summary>
    public async Task<RebuildState> PurgeAsync(RebuildState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Retired.Count == 0)
        {
            return state with { Phase = state.Outcome! };
        }

        if (state.ViewsDeleted == 0 || state.IsSwept)
        {
            await context.CreateTimer(settings.SettleDelay, CancellationToken.None);
        }

        var request = new PurgeRequest(state.Projection, state.Retired[0], settings.ViewsPerStep, IsLast: state.IsSwept);
        var deleted = await context.CallActivityAsync<int>(nameof(PurgeGeneration), request, _options);
        state = state with { ViewsDeleted = state.ViewsDeleted + deleted };
        return deleted > 0 ? state
            : !state.IsSwept ? state with { IsSwept = true }
            : state with { IsSwept = false, Retired = [.. state.Retired.Skip(1)] };
    }

    private static GenerationRequest GenerationOf(RebuildState state) => new(state.Projection, state.Generation);

    private static RebuildState Compared(RebuildState state) => state.Comparison! switch
    {
        { Stage: not ComparisonStage.Done } => state with { Phase = RebuildPhase.Comparing },
        { Differences: > 0 and <= GenerationComparison.MaxSamples } when state.Looks < MaxLooks => state with { Phase = RebuildPhase.LookingAgain },
        _ => state with { Phase = RebuildPhase.Deciding },
    };

    private CompareRequest CompareRequestOf(RebuildState state, bool isSecondLook) => new(
        state.Projection, state.Serving, state.Generation, state.Comparison ?? GenerationComparison.Begin, settings.ViewsPerStep, isSecondLook);

    private async Task<RebuildState> WithFailuresAsync(RebuildState state)
    {
        var generations = await context.CallActivityAsync<ProjectionGenerations>(nameof(MendGeneration), GenerationOf(state), _options);
        return state with
        {
            Failures = [.. generations.Failures.Where(f => f.Generation == state.Generation)],
            FailuresNotKept = generations.FailuresNotKept,
        };
    }

    private async Task<RebuildState> RetireAsync(RebuildState state, string change, string outcome)
    {
        var generations = await ChangeAsync(state, change);
        return state with { Phase = RebuildPhase.Purging, Outcome = outcome, Retired = generations.Retired, IsSwept = false };
    }

    private Task<ProjectionGenerations> ChangeAsync(RebuildState state, string change) => context.CallActivityAsync<ProjectionGenerations>(
        nameof(ChangeGeneration), new GenerationChange(state.Projection, state.Generation, change), _options);
}
