using System.Collections.Immutable;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// The code of one execution, taken through its history as far as that goes. It can be left waiting for what comes next, so that a
/// long history is not replayed for every event; what it decides is what a replay would decide. Used by one thread at a time.
/// </summary>
internal sealed class OrchestrationSession : IAsyncDisposable
{
    private readonly EpisodeServices _services;
    private readonly EpisodeSynchronizationContext _thread;
    private readonly OrchestrationRun _run;
    private readonly LocalOrchestrationContext _context;
    private readonly CancellationToken _cancellationToken;

    public OrchestrationSession(InstanceState state, EpisodeServices services, Action onIntruderAfterEnd, CancellationToken cancellationToken)
    {
        _services = services;
        _thread = new EpisodeSynchronizationContext(state.InstanceId, services.Options.MaximumBlockingTime, onIntruderAfterEnd);
        _run = new OrchestrationRun(_thread, services.Converter);
        _context = new LocalOrchestrationContext(state.InstanceId, _run, _thread, services);
        _cancellationToken = cancellationToken;
        ExecutionId = state.ExecutionId;
    }

    /// <summary>The execution whose code it is.</summary>
    public string ExecutionId { get; }

    /// <summary>How many events of the history it has been taken through.</summary>
    public int Position { get; private set; }

    /// <summary>
    /// Whether its next episode would be that of a replay. It would not after a token was cancelled from outside, which a replay sees
    /// from its beginning on.
    /// </summary>
    public bool CanGoOn => !_run.Tokens.IsAnyCancelled;

    /// <summary>Takes the code through the rest of the history and through what is new, as far as it can go.</summary>
    /// <returns>What it decided, and the end of the execution if this is it.</returns>
    public List<HistoryEvent> Run(InstanceState state, IReadOnlyList<HistoryEvent> past, ImmutableArray<HistoryEvent> fresh, DateTimeOffset now)
    {
        List<HistoryEvent> decided = [];
        _context.BeginEpisode();
        try
        {
            _thread.Run(() =>
            {
                _run.Tokens.Resume();
                decided = Replay(state, past, fresh, now);
            });
        }
        finally
        {
            _run.Tokens.Pause();
        }

        return decided;
    }

    /// <summary>Starts the code of an execution that has begun. Whatever the dispatcher does before its first await belongs to the code's own task.</summary>
    public static async Task<object?> StartCodeAsync(
        EpisodeServices services, OrchestrationRun run, LocalOrchestrationContext context, CancellationToken cancellationToken)
    {
        var name = run.Started!.Name;
        if (!services.Dispatcher.HasOrchestrator(name))
        {
            throw new OrchestratorNotFoundException(TaskNotFound.Orchestrator(name));
        }

        return await services.Dispatcher.RunOrchestratorAsync(context, cancellationToken);
    }

    /// <summary>Lets the code go, whether or not it has returned.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var resource in _context.Resources)
        {
            await resource.DisposeAsync();
        }
    }

    private List<HistoryEvent> Replay(InstanceState state, IReadOnlyList<HistoryEvent> past, ImmutableArray<HistoryEvent> fresh, DateTimeOffset now)
    {
        try
        {
            Func<Task<object?>> startCode = () => StartCodeAsync(_services, _run, _context, _cancellationToken);
            for (; Position < past.Count; Position++)
            {
                _run.Feed(past[Position], Position, isReplaying: true, startCode);
            }

            foreach (var happened in fresh)
            {
                _run.Feed(happened, Position++, isReplaying: false, startCode);
            }
        }
        catch (NonDeterministicOrchestrationException divergence)
        {
            var failure = TaskFailureDetails.FromException(divergence);
            return [new HistoryEvent.ExecutionEnded(OrchestrationRuntimeStatus.Failed, Output: null, failure) { Timestamp = now }];
        }

        return EpisodeConclusion.Draw(_run, _context, _thread, state, _services.Converter, now);
    }
}
