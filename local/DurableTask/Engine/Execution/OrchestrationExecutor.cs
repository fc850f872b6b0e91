using System.Collections.Immutable;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// Runs one episode: the code is taken through its history and then through what is new. The outcome is what is added to the history;
/// it depends on nothing but the arguments and the code.
/// </summary>
internal sealed class OrchestrationExecutor(EpisodeServices services)
{
    /// <summary>Runs an episode from the beginning of the history.</summary>
    /// <param name="state">The instance before the episode.</param>
    /// <param name="past">Its history.</param>
    /// <param name="news">What has reached it since.</param>
    /// <param name="now">The time of the episode.</param>
    /// <param name="onIntruderAfterEnd">Told, on any thread, that the code went on outside the episode.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    public Task<EpisodeOutcome> ExecuteAsync(
        InstanceState state,
        IReadOnlyList<HistoryEvent> past,
        ImmutableArray<HistoryEvent> news,
        DateTimeOffset now,
        Action onIntruderAfterEnd,
        CancellationToken cancellationToken) =>
        ExecuteAsync(new Episode(state, past, news, now, onIntruderAfterEnd), session: null, keepSession: false, cancellationToken);

    /// <summary>Runs an episode, with code that waits where the history ends if there is such.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="session">The code that an episode before has left waiting; it comes back in the outcome or is disposed of.</param>
    /// <param name="keepSession">Whether the code is to be left waiting for the next episode.</param>
    /// <param name="cancellationToken">Handed to the code.</param>
    public async Task<EpisodeOutcome> ExecuteAsync(
        Episode episode, OrchestrationSession? session, bool keepSession, CancellationToken cancellationToken)
    {
        var (state, news, now) = (episode.State, episode.News, episode.Now);
        var events = ImmutableArray.CreateBuilder<HistoryEvent>(news.Length + 4);
        events.Add(new HistoryEvent.EpisodeStarted { Timestamp = now });
        events.AddRange(news);
        switch (news[0])
        {
            case HistoryEvent.Terminated terminated:
                events.Add(End(now, OrchestrationRuntimeStatus.Terminated, terminated.Output, failure: null));
                return await EndAsync(events, session);
            case HistoryEvent.Faulted faulted:
                events.Add(End(now, OrchestrationRuntimeStatus.Failed, output: null, faulted.Failure));
                return await EndAsync(events, session);
            case HistoryEvent.Suspended or HistoryEvent.Resumed when news.Length == 1:
                return new EpisodeOutcome(events.DrainToImmutable(), session);
        }

        if (services.Versions.Failure(state.Started.Version) is { } mismatch)
        {
            events.Add(End(now, OrchestrationRuntimeStatus.Failed, output: null, mismatch));
            return await EndAsync(events, session);
        }

        if (session is { CanGoOn: false })
        {
            await session.DisposeAsync();
            session = null;
        }

        session ??= new OrchestrationSession(state, services, episode.OnIntruderAfterEnd, cancellationToken);
        var isKept = false;
        try
        {
            events.AddRange(session.Run(state, episode.Past, events.ToImmutable(), episode.Now));
            isKept = keepSession && events[^1] is not (HistoryEvent.ExecutionEnded or HistoryEvent.ContinuedAsNew);
        }
        finally
        {
            if (!isKept)
            {
                await session.DisposeAsync();
            }
        }

        return new EpisodeOutcome(events.DrainToImmutable(), isKept ? session : null);
    }

    private static async Task<EpisodeOutcome> EndAsync(ImmutableArray<HistoryEvent>.Builder events, OrchestrationSession? session)
    {
        if (session is not null)
        {
            await session.DisposeAsync();
        }

        return new EpisodeOutcome(events.DrainToImmutable());
    }

    private static HistoryEvent.ExecutionEnded End(
        DateTimeOffset now, OrchestrationRuntimeStatus status, string? output, TaskFailureDetails? failure) =>
        new(status, output, failure) { Timestamp = now };
}

/// <summary>What an episode goes by.</summary>
/// <param name="State">The instance before it.</param>
/// <param name="Past">Its history.</param>
/// <param name="News">What has reached it since.</param>
/// <param name="Now">The time of the episode.</param>
/// <param name="OnIntruderAfterEnd">Told, on any thread, that the code went on outside the episode.</param>
internal sealed record Episode(
    InstanceState State, IReadOnlyList<HistoryEvent> Past, ImmutableArray<HistoryEvent> News, DateTimeOffset Now, Action OnIntruderAfterEnd);

/// <summary>What an episode adds to the history.</summary>
/// <param name="Events">The new events, in order.</param>
/// <param name="Session">The code that waits for the next episode, if it was left waiting.</param>
internal sealed record EpisodeOutcome(ImmutableArray<HistoryEvent> Events, OrchestrationSession? Session = null);

#pragma warning disable CA1032 // It only carries failure details through the code's task.
internal sealed class OrchestratorNotFoundException(TaskFailureDetails failure) : Exception(failure.ErrorMessage)
#pragma warning restore CA1032
{
    public TaskFailureDetails Failure { get; } = failure;
}
