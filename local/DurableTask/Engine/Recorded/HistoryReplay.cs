using System.Collections.Immutable;
using DurableTask.Core.Exceptions;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// Takes the present code through a recorded history, as an episode would, and finds the first point where it does something else.
/// Nothing is called: every answer comes from the history.
/// </summary>
internal sealed class HistoryReplay
{
    private readonly RecordedInstance _instance;
    private readonly RecordedDecisions _decisions;
    private readonly EpisodeServices _services;
    private readonly EpisodeSynchronizationContext _thread;
    private readonly OrchestrationRun _run;
    private readonly LocalOrchestrationContext _context;
    private readonly string _version;

    // The code's decisions that the history has nothing of, with the place where they were made. One may be taken back yet.
    private readonly SortedDictionary<int, int> _unconfirmed = [];
    private bool _tellsEpisodes;

    private HistoryReplay(RecordedInstance instance, EpisodeServices services, string version)
    {
        (_instance, _services, _version) = (instance, services, version);
        _decisions = new RecordedDecisions(instance.Events);
        _thread = new EpisodeSynchronizationContext(instance.InstanceId, services.Options.MaximumBlockingTime, static () => { });
        _run = new OrchestrationRun(_thread, services.Converter) { TellsInputs = true };
        _context = new LocalOrchestrationContext(instance.InstanceId, _run, _thread, services);
    }

    /// <summary>Replays.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="services">Has the code.</param>
    /// <param name="version">The version it was started with, where the history does not tell.</param>
    public static async Task<ReplayVerdict> RunAsync(RecordedInstance instance, EpisodeServices services, string version)
    {
        if (!instance.Events.OfType<RecordedEvent.Began>().Any())
        {
            return new ReplayVerdict.NotBegun();
        }

        if (!services.Dispatcher.HasOrchestrator(instance.Name))
        {
            return new ReplayVerdict.UnknownOrchestrator();
        }

        var replay = new HistoryReplay(instance, services, version);
        ReplayVerdict verdict = new ReplayVerdict.Agrees();
        try
        {
            replay._thread.Run(() => verdict = replay.Run() ?? verdict);
        }
        finally
        {
            replay._run.Tokens.Pause();
            foreach (var resource in replay._context.Resources)
            {
                await resource.DisposeAsync();
            }
        }

        return verdict;
    }

    private ReplayVerdict.Diverges? Run()
    {
        foreach (var happened in _instance.Events)
        {
            if ((Feed(happened) ?? Confirm(happened.Position) ?? IllegalAwaitAt(happened.Position)) is { } divergence)
            {
                return divergence;
            }
        }

        return Unconfirmed() ?? Unmade(_instance.Events.Count) ?? AtEnd();
    }

    private ReplayVerdict.Diverges? Feed(RecordedEvent happened)
    {
        switch (happened)
        {
            case RecordedEvent.EpisodeBegan:
                _tellsEpisodes = true;
                return Unconfirmed() ?? Unmade(happened.Position) ?? Begin(happened);
            case RecordedEvent.Began began:
                Pass(happened);
                return Take(happened, new HistoryEvent.ExecutionStarted(
                    began.Name, string.Empty, began.Input, began.Version ?? _version, Parent: null, ImmutableDictionary<string, string>.Empty, StartAt: null)
                { Timestamp = happened.At });
            case RecordedEvent.Answered answered:
                Pass(happened);
                return Answer(happened, answered.Decision, id => answered.Failure is { } failure
                    ? new HistoryEvent.TaskFailed(id, failure) { Timestamp = happened.At }
                    : new HistoryEvent.TaskCompleted(id, answered.Result) { Timestamp = happened.At });
            case RecordedEvent.TimerFired fired:
                Pass(happened);
                return Answer(happened, fired.Decision, id => new HistoryEvent.TimerFired(id) { Timestamp = happened.At });
            case RecordedEvent.Raised raised:
                Pass(happened);
                return Take(happened, new HistoryEvent.EventReceived(raised.Name, raised.Payload) { Timestamp = happened.At });
            default:
                return null;
        }
    }

    /// <summary>Where a history does not tell of episodes, each event is taken for the beginning of one: the code's clock then goes with it.</summary>
    private void Pass(RecordedEvent happened)
    {
        if (!_tellsEpisodes && !_run.Decisions.Any())
        {
            Begin(happened);
        }
    }

    private ReplayVerdict.Diverges? Begin(RecordedEvent happened) => Take(happened, new HistoryEvent.EpisodeStarted { Timestamp = happened.At });

    private ReplayVerdict.Diverges? Answer(RecordedEvent happened, RecordedDecision decision, Func<int, HistoryEvent> answer)
    {
        if (_decisions.IdOf(decision) is not { } id)
        {
            return Unconfirmed() ?? new ReplayVerdict.Diverges(decision.Position, $"{decision} was decided", $"has not decided that; {Doing()}");
        }

        _decisions.Answer(decision);
        return Take(happened, answer(id));
    }

    private ReplayVerdict.Diverges? Take(RecordedEvent happened, HistoryEvent fed)
    {
        try
        {
            _run.Feed(fed, happened.Position, isReplaying: true, () => OrchestrationSession.StartCodeAsync(_services, _run, _context, CancellationToken.None));
            return null;
        }
        catch (NonDeterministicOrchestrationException divergence)
        {
            return new ReplayVerdict.Diverges(happened.Position, "something else", divergence.Message);
        }
    }

    /// <summary>Looks up what the code has decided since.</summary>
    private ReplayVerdict.Diverges? Confirm(int position)
    {
        foreach (var decided in _run.Decisions.ToList())
        {
            var identity = DecisionIdentity.Of(decided);
            switch (_decisions.Match(identity, InputOf(decided)))
            {
                case ({ } recorded, false):
                    return new ReplayVerdict.Diverges(recorded.Position, $"{recorded} was decided", $"decided {identity}");
                case ({ } recorded, true):
                    _unconfirmed.Remove(identity.TaskId);
                    _run.Feed(decided, recorded.Position, isReplaying: true, static () => throw new InvalidOperationException("A decision starts nothing."));
                    break;
                default:
                    _unconfirmed.TryAdd(identity.TaskId, position);
                    break;
            }
        }

        return null;
    }

    private ReplayVerdict.Diverges? Unconfirmed()
    {
        var pending = _run.Decisions.Select(DecisionIdentity.Of).OrderBy(identity => identity.TaskId).ToList();
        return pending.Count == 0
            ? null
            : new ReplayVerdict.Diverges(_unconfirmed[pending[0].TaskId], "nothing of the kind was decided then", $"decided {pending[0]}");
    }

    private ReplayVerdict.Diverges? Unmade(int before) => _decisions.Unmade.FirstOrDefault(decision => decision.Position < before) is { } missing
        ? new ReplayVerdict.Diverges(missing.Position, $"{missing} was decided", $"did not decide that; {Doing()}")
        : null;

    private ReplayVerdict.Diverges? IllegalAwaitAt(int position)
    {
        if (_thread.Blocked is not null)
        {
            return new ReplayVerdict.Diverges(position, "the code went on", "blocks its thread");
        }

        return _thread.HasIntruder || (_run.Code is { IsCompleted: false } && !_run.HasOpenTasks && !_run.Events.HasWaiters)
            ? new ReplayVerdict.Diverges(position, "the code went on", "awaits something that does not come from its context")
            : null;
    }

    private ReplayVerdict.Diverges? AtEnd()
    {
        var hasEnded = _run.Code is { IsCompleted: true } && !_run.HasOpenTasks;
        return _instance.Events.OfType<RecordedEvent.Ended>().LastOrDefault() switch
        {
            { Status: "Terminated" } => null,
            { Status: var status } ended when !hasEnded => new ReplayVerdict.Diverges(ended.Position, $"the execution ended as {status}", Doing()),
            null when hasEnded => new ReplayVerdict.Diverges(_instance.Events.Count, "the execution goes on", Doing()),
            _ => null,
        };
    }

    private string Doing()
    {
        if (_run.Code is { IsCompleted: true } code)
        {
            return code.Exception?.InnerException is { } thrown ? $"it threw {thrown.GetType().Name}: {thrown.Message}" : "it has returned";
        }

        var waits = _decisions.Open.Select(decision => decision.ToString()).Concat(_run.Events.HasWaiters ? ["an external event"] : []).ToList();
        return $"it waits for {(waits.Count == 0 ? "nothing" : string.Join(" and ", waits))}";
    }

    private static string? InputOf(HistoryEvent decision) => decision switch
    {
        HistoryEvent.ActivityScheduled call => call.Input,
        HistoryEvent.ChildScheduled call => call.Input,
        HistoryEvent.EventSent sent => sent.Payload,
        _ => null,
    };
}
