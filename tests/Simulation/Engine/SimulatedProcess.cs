using EventFunctions.Local.DurableTask;
using EventFunctions.Tests.Support;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Tests.Simulation;

/// <summary>
/// The engine in one life of its process: its hub, its workers' code and its timers, with the simulation in the place of the threads.
/// </summary>
internal sealed class SimulatedProcess : IDisposable
{
    /// <summary>So few, and from so short a history on, that some code waits for its next episode and other code is replayed.</summary>
    private const int KeptSessions = 2;
    private const int FromHistory = 12;

    private readonly InstanceSignals _signals = new();
    private readonly WorkQueue<InstanceEntry> _readyQueue = new();
    private readonly WorkQueue<ActivityWork> _activityQueue = new();
    private readonly OrchestrationWorker _orchestrations;
    private readonly ActivityWorker _activities;
    private readonly TimerQueue _timers;
    private readonly TaskHub _hub;
    private readonly List<Activation> _activations = [];
    private readonly Func<string, Activation> _activate;

    /// <summary>Begins a life.</summary>
    /// <param name="services">The function app of this life.</param>
    /// <param name="dispatcher">Runs its orchestrators and activities.</param>
    /// <param name="log">What the lives before left, and where this one writes.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="version">What orchestrations are started with.</param>
    /// <param name="activate">Makes an activation of a name.</param>
    public SimulatedProcess(
        IServiceProvider services, ITaskDispatcher dispatcher, SimulatedLog log, ManualTimeProvider clock, string version, Func<string, Activation> activate)
    {
        (Services, Log, _activate) = (services, log, activate);
        var options = new DurableTaskEngineOptions { DefaultVersion = version, MaxExtendedSessions = KeptSessions, ExtendedSessionFrom = FromHistory };
        var tables = TablesOf(log.Durable);
        _timers = new TimerQueue(clock, timer => _hub!.Fire(timer));
        var effects = new EffectRelease(_readyQueue, _activityQueue, _timers, _signals);
        _hub = new TaskHub(log, clock, effects.Release, tables, static cause => throw new SimulationFailedException($"the hub has stopped: {cause}"), afterWrite: ConfigureAwaitOptions.ContinueOnCapturedContext);
        var episodes = new EpisodeServices(dispatcher, options, NullLoggerFactory.Instance);
        _orchestrations = new OrchestrationWorker(_hub, episodes, _readyQueue, new SessionCache(options, clock, NullLogger.Instance));
        _activities = new ActivityWorker(_hub, dispatcher, _activityQueue, NullLogger.Instance);
        Client = new LocalDurableTaskClient(_hub, _signals, options);
        effects.ReleaseAll(Backlog.LineUp(tables));
        _timers.Start();
        Settle();
    }

    /// <summary>The function app.</summary>
    public IServiceProvider Services { get; }

    /// <summary>The engine's log.</summary>
    public SimulatedLog Log { get; }

    /// <summary>Starts, tells and asks orchestrations.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Instances that wait for a worker.</summary>
    public List<InstanceEntry> Ready { get; } = [];

    /// <summary>Calls of activities that wait for a worker.</summary>
    public List<ActivityWork> Calls { get; } = [];

    /// <summary>What is being done at this moment.</summary>
    public IReadOnlyList<Activation> Activations => _activations;

    /// <summary>Every instance.</summary>
    public IReadOnlyList<InstanceState> Instances => _hub.Peek<IReadOnlyList<InstanceState>>(tables => [.. tables.All.Select(entry => entry.State)]);

    /// <summary>The history of an instance.</summary>
    public IReadOnlyList<HistoryEvent> HistoryOf(string instanceId) =>
        _hub.Peek<IReadOnlyList<HistoryEvent>>(tables => tables.Find(instanceId)?.History ?? []);

    /// <summary>Begins something.</summary>
    public void Begin(string name, Func<Task> work)
    {
        var activation = _activate(name);
        _activations.Add(activation);
        activation.Begin(work);
    }

    /// <summary>Runs an episode of an instance.</summary>
    public string RunEpisode(int index)
    {
        var entry = Take(Ready, index);
        var name = $"episode of {entry.State.InstanceId}";
        Begin(name, () => _orchestrations.ProcessAsync(entry));
        return name;
    }

    /// <summary>Runs an activity.</summary>
    /// <param name="index">Which of those that wait.</param>
    /// <param name="again">Whether the call stays where it is, to be made once more.</param>
    public string RunActivity(int index, bool again)
    {
        var work = again ? Calls[index] : Take(Calls, index);
        var name = $"{work.Invocation.Name} #{work.Invocation.TaskId} of {work.Invocation.InstanceId}";
        if (IsAnswered(work))
        {
            Calls.Remove(work);
            return $"{name} is answered already";
        }

        Begin(name, () => _activities.ProcessAsync(work, CancellationToken.None));
        return again ? $"{name} begins, and will once more" : $"{name} begins";
    }

    /// <summary>Something that has reached an instance reaches it again.</summary>
    public string Redeliver(HubRecord.MessageReceived message)
    {
        var name = $"once more {message.Event.GetType().Name} to {message.InstanceId}";
        _hub.Deliver(message.InstanceId, message.ExecutionId, message.Event);
        return name;
    }

    /// <summary>Collects what the last step has led to. An unexpected failure ends the run.</summary>
    public void Settle()
    {
        while (_readyQueue.TryTake(out var entry))
        {
            Ready.Add(entry);
        }

        while (_activityQueue.TryTake(out var work))
        {
            Calls.Add(work);
        }

        foreach (var ended in _activations.Where(a => a.Work.IsCompleted).ToList())
        {
            _activations.Remove(ended);
            ended.Work.GetAwaiter().GetResult();
        }
    }

    /// <summary>The life ends; what of it goes on without it is said by its activations.</summary>
    public void Dispose() => _timers.Dispose();

    private static T Take<T>(List<T> list, int index)
    {
        var item = list[index];
        list.RemoveAt(index);
        return item;
    }

    /// <summary>Whether the engine knows how the call ended, or nobody waits for it any more.</summary>
    private bool IsAnswered(ActivityWork work) => _hub.Peek(tables =>
        tables.Find(work.Invocation.InstanceId) is not { } entry
        || !entry.State.OpenTasks.ContainsKey(work.Invocation.TaskId)
        || entry.Inbox.Any(m => m.Event is HistoryEvent.TaskCompleted { TaskId: var done } && done == work.Invocation.TaskId));

    private static HubTables TablesOf(IEnumerable<HubRecord> records)
    {
        var tables = new HubTables();
        foreach (var record in records)
        {
            tables.Apply(record);
        }

        return tables;
    }
}
