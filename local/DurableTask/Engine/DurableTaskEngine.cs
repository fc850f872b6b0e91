using EventFunctions.Local.DurableTask.Durability;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// Runs durable orchestrations: a hub of instances, workers for their code and their activities, and timers. It can be stopped and
/// started again; what came in meanwhile is kept. Made by a constructor, it lives as long as the process; opened in a folder, its state
/// is there again after any end of it.
/// </summary>
public sealed partial class DurableTaskEngine : IAsyncDisposable
{
    private readonly DurableTaskEngineOptions _options;
    private readonly WorkQueue<InstanceEntry> _ready = new();
    private readonly WorkQueue<ActivityWork> _activities = new();
    private readonly InstanceSignals _signals = new();
    private readonly SemaphoreSlim _lifecycle = new(1, 1);
    private readonly CancellationTokenSource _halt = new();
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SessionCache _sessions;
    private readonly EpisodeServices _episodes;
    private readonly HubJournal? _journal;
    private readonly EffectRelease _effects;
    private readonly TaskHub _hub;
    private readonly TimerQueue _timers;
    private readonly OrchestrationWorker _orchestrationWorker;
    private readonly ActivityWorker _activityWorker;
    private readonly ILogger _logger;
    private Workers? _workers;

    /// <summary>Makes an engine whose state lives as long as it does.</summary>
    public DurableTaskEngine(ITaskDispatcher dispatcher, DurableTaskEngineOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory)
        : this(dispatcher, options, timeProvider, loggerFactory, new EphemeralHubLog())
    {
    }

    /// <summary>Makes an engine that writes every change to a log, which is empty.</summary>
    public DurableTaskEngine(
        ITaskDispatcher dispatcher, DurableTaskEngineOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory, IHubLog log)
        : this(dispatcher, options, timeProvider, loggerFactory, log, journal: null)
    {
    }

    private DurableTaskEngine(
        ITaskDispatcher dispatcher,
        DurableTaskEngineOptions options,
        TimeProvider timeProvider,
        ILoggerFactory loggerFactory,
        IHubLog log,
        HubJournal? journal)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(loggerFactory);
        ArgumentNullException.ThrowIfNull(log);
        _options = options;
        _journal = journal;
        _logger = loggerFactory.CreateLogger<DurableTaskEngine>();
        _timers = new TimerQueue(timeProvider, Fire);
        _episodes = new EpisodeServices(dispatcher, options, loggerFactory);
        _effects = new EffectRelease(_ready, _activities, _timers, _signals);
        _hub = new TaskHub(log, timeProvider, _effects.Release, journal?.Tables ?? new HubTables(), OnHubStopped, _episodes.Versions.Rejects);
        _sessions = new SessionCache(options, timeProvider, _logger);
        _orchestrationWorker = new OrchestrationWorker(_hub, _episodes, _ready, _sessions);
        _activityWorker = new ActivityWorker(_hub, dispatcher, _activities, _logger);
        Client = new LocalDurableTaskClient(_hub, _signals, options);
    }

    /// <summary>Starts, queries and steers instances; also usable while the engine is stopped.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>What is on its way at this moment.</summary>
    public EngineCounts Counts => new(
        _timers.Count, _ready.Count, _activities.Count, _hub.Peek(tables => tables.All.Count), _signals.Count, _sessions.Count);

    /// <summary>The history of an instance's current execution; empty if there is no such instance.</summary>
    public IReadOnlyList<HistoryEvent> GetHistory(string instanceId) =>
        _hub.Peek<IReadOnlyList<HistoryEvent>>(tables => tables.Find(instanceId) is { } entry ? [.. entry.History] : []);

    /// <summary>Ends when the log has failed: nothing is taken up any more, and every call says why.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Starts the workers and the timers; nothing happens if they run.</summary>
    /// <exception cref="HubStoppedException">The log has failed.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        _hub.ThrowIfStopped();
        await _lifecycle.WaitAsync(ct);
        try
        {
            if (_workers is null)
            {
                _workers = new Workers(_orchestrationWorker, _activityWorker, _options, _logger, _halt.Token);
                _timers.Start();
            }
        }
        finally
        {
            _lifecycle.Release();
        }
    }

    /// <summary>
    /// Stops taking up work and waits for what runs. When the token is cancelled, activities are asked to give up, and those that
    /// don't are left behind: their results still count if they come. Nothing that was accepted is lost.
    /// </summary>
    public async Task StopAsync(CancellationToken ct)
    {
        await _lifecycle.WaitAsync(CancellationToken.None);
        try
        {
            if (_workers is not null)
            {
                using var workers = _workers;
                _workers = null;
                _timers.Stop();
                if (!await workers.StopAsync(ct))
                {
                    LogLeftBehind();
                }

                await _hub.WhenReleasedAsync();
                await _sessions.ClearAsync();
            }
        }
        finally
        {
            _lifecycle.Release();
        }
    }

    /// <summary>Stops without patience. What was accepted is on the disk afterwards, if the engine was opened in a folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        _timers.Dispose();
        _sessions.Dispose();
        if (_journal is not null)
        {
            _hub.Close();
            await _journal.DisposeAsync();
        }

        _halt.Dispose();
        _lifecycle.Dispose();
    }

    private void Fire(WaitingTimer timer)
    {
        try
        {
            _hub.Fire(timer);
        }
        catch (HubStoppedException)
        {
            // Reported once, where it happened; the timer is there after the next start.
        }
    }

    private void OnHubStopped(Exception cause)
    {
        LogHubStopped(cause);
        _timers.Stop();
        _halt.Cancel();
        _signals.Fail(new HubStoppedException(cause));
        _failed.TrySetResult();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Some activities did not end in time and were left behind by the stop.")]
    private partial void LogLeftBehind();

    [LoggerMessage(Level = LogLevel.Critical, Message = "The durable engine has stopped: its log takes no more.")]
    private partial void LogHubStopped(Exception cause);
}
