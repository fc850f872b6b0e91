using System.Collections.Immutable;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// Runs one episode: the code is taken through its history and then through what is new. The outcome is what is added to the history;
/// it depends on nothing but the arguments and the code.
/// </summary>
internal sealed class OrchestrationExecutor(EpisodeServices services)
{
    /// <param name="state">The instance before the episode.</param>
    /// <param name="past">Its history.</param>
    /// <param name="news">What has reached it since.</param>
    /// <param name="now">The time of the episode.</param>
    /// <param name="onIntruderAfterEnd">Told, on any thread, that the code went on outside the episode.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    public async Task<EpisodeOutcome> ExecuteAsync(
        InstanceState state,
        IReadOnlyList<HistoryEvent> past,
        ImmutableArray<HistoryEvent> news,
        DateTimeOffset now,
        Action onIntruderAfterEnd,
        CancellationToken cancellationToken)
    {
        var events = ImmutableArray.CreateBuilder<HistoryEvent>(news.Length + 4);
        events.Add(new HistoryEvent.EpisodeStarted { Timestamp = now });
        events.AddRange(news);
        switch (news[0])
        {
            case HistoryEvent.Terminated terminated:
                events.Add(End(now, OrchestrationRuntimeStatus.Terminated, terminated.Output, failure: null));
                return new EpisodeOutcome(events.DrainToImmutable());
            case HistoryEvent.Faulted faulted:
                events.Add(End(now, OrchestrationRuntimeStatus.Failed, output: null, faulted.Failure));
                return new EpisodeOutcome(events.DrainToImmutable());
            case HistoryEvent.Suspended or HistoryEvent.Resumed when news.Length == 1:
                return new EpisodeOutcome(events.DrainToImmutable());
        }

        if (services.Versions.Failure(state.Started.Version) is { } mismatch)
        {
            events.Add(End(now, OrchestrationRuntimeStatus.Failed, output: null, mismatch));
            return new EpisodeOutcome(events.DrainToImmutable());
        }

        var thread = new EpisodeSynchronizationContext(onIntruderAfterEnd);
        var run = new OrchestrationRun(thread, services.Converter);
        var context = new LocalOrchestrationContext(state.InstanceId, run, thread, services);
        var fresh = events.ToImmutable();
        try
        {
            thread.Run(() => events.AddRange(Replay(run, context, thread, state, past, fresh, now, cancellationToken)));
        }
        finally
        {
            run.ReleaseTokens();
            foreach (var resource in context.Resources)
            {
                await resource.DisposeAsync();
            }
        }

        return new EpisodeOutcome(events.DrainToImmutable());
    }

    private List<HistoryEvent> Replay(
        OrchestrationRun run,
        LocalOrchestrationContext context,
        EpisodeSynchronizationContext thread,
        InstanceState state,
        IReadOnlyList<HistoryEvent> past,
        ImmutableArray<HistoryEvent> fresh,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        try
        {
            Func<Task<object?>> startCode = () => StartCodeAsync(run.Started!.Name, context, cancellationToken);
            for (var i = 0; i < past.Count; i++)
            {
                run.Feed(past[i], i, isReplaying: true, startCode);
            }

            for (var i = 0; i < fresh.Length; i++)
            {
                run.Feed(fresh[i], past.Count + i, isReplaying: false, startCode);
            }
        }
        catch (NonDeterministicOrchestrationException divergence)
        {
            return [End(now, OrchestrationRuntimeStatus.Failed, output: null, TaskFailureDetails.FromException(divergence))];
        }

        return EpisodeConclusion.Draw(run, context, thread, state, services.Converter, now);
    }

    // Whatever the dispatcher does before its first await belongs to the code's own task.
    private async Task<object?> StartCodeAsync(string name, TaskOrchestrationContext context, CancellationToken cancellationToken)
    {
        if (!services.Dispatcher.HasOrchestrator(name))
        {
            throw new OrchestratorNotFoundException(TaskNotFound.Orchestrator(name));
        }

        return await services.Dispatcher.RunOrchestratorAsync(context, cancellationToken);
    }

    private static HistoryEvent.ExecutionEnded End(
        DateTimeOffset now, OrchestrationRuntimeStatus status, string? output, TaskFailureDetails? failure) =>
        new(status, output, failure) { Timestamp = now };
}

/// <summary>What an episode adds to the history.</summary>
/// <param name="Events">The new events, in order.</param>
internal sealed record EpisodeOutcome(ImmutableArray<HistoryEvent> Events);

#pragma warning disable CA1032 // It only carries failure details through the code's task.
internal sealed class OrchestratorNotFoundException(TaskFailureDetails failure) : Exception(failure.ErrorMessage)
#pragma warning restore CA1032
{
    public TaskFailureDetails Failure { get; } = failure;
}
