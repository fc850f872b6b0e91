using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask;

/// <summary>
/// Runs durable orchestrations: a hub of instances, workers for their code and their activities, and timers. It can be stopped and
/// started again; what came in meanwhile is kept.
/// </summary>
public sealed partial class DurableTaskEngine : IAsyncDisposable
{
    private readonly DurableTaskEngineOptions _options;
    private readonly WorkQueue<InstanceEntry> _ready = new();
    private readonly WorkQueue<ActivityWork> _activities = new();
    private readonly InstanceSignals _signals = new();
    private readonly SemaphoreSlim _lifecycle = new(1, 1);
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

    /// <summary>Makes an engine that writes every change to a log.</summary>
    public DurableTaskEngine(
        ITaskDispatcher dispatcher, DurableTaskEngineOptions options, TimeProvider timeProvider, ILoggerFactory loggerFactory, IHubLog log)
    {
        ArgumentNullException.ThrowIfNull(dispatcher);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(loggerFactory);
        ArgumentNullException.ThrowIfNull(log);
        _options = options;
        _logger = loggerFactory.CreateLogger<DurableTaskEngine>();
        var services = new EpisodeServices(dispatcher, options, loggerFactory);
        _hub = new TaskHub(log, timeProvider, Release, services.Versions.Rejects);
        _timers = new TimerQueue(timeProvider, timer => _ = FireAsync(timer));
        _orchestrationWorker = new OrchestrationWorker(_hub, services, _ready);
        _activityWorker = new ActivityWorker(_hub, dispatcher, _activities, _logger);
        Client = new LocalDurableTaskClient(_hub, _signals, options);
    }

    /// <summary>Starts, queries and steers instances; also usable while the engine is stopped.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>What is on its way at this moment.</summary>
    public EngineCounts Counts => new(
        _timers.Count, _ready.Count, _activities.Count, _hub.Read(tables => tables.All.Count), _signals.Count);

    /// <summary>The history of an instance's current execution; empty if there is no such instance.</summary>
    public IReadOnlyList<HistoryEvent> GetHistory(string instanceId) =>
        _hub.Read<IReadOnlyList<HistoryEvent>>(tables => tables.Find(instanceId) is { } entry ? [.. entry.History] : []);

    /// <summary>Starts the workers and the timers; nothing happens if they run.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        await _lifecycle.WaitAsync(ct);
        try
        {
            if (_workers is null)
            {
                _workers = new Workers(_orchestrationWorker, _activityWorker, _options, _logger);
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
            }
        }
        finally
        {
            _lifecycle.Release();
        }
    }

    /// <summary>Stops without patience.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true));
        _timers.Dispose();
        _lifecycle.Dispose();
    }

    private void Release(HubEffect effect)
    {
        switch (effect)
        {
            case HubEffect.Ready ready:
                _ready.Add(ready.Instance);
                break;
            case HubEffect.Run run:
                _activities.Add(run.Work);
                break;
            case HubEffect.Arm arm:
                _timers.Add(arm.Timer);
                break;
            case HubEffect.Disarm disarm:
                _timers.Remove(disarm.Timer);
                break;
            case HubEffect.Changed changed:
                _signals.Changed(changed.InstanceId);
                break;
            default:
                throw new InvalidOperationException($"{effect.GetType().Name} has no meaning here.");
        }
    }

    private async Task FireAsync(WaitingTimer timer)
    {
        try
        {
            if (timer.TaskId == WaitingTimer.StartTaskId)
            {
                _hub.Wake(timer.InstanceId);
            }
            else
            {
                await _hub.DeliverAsync(timer.InstanceId, timer.ExecutionId, new HistoryEvent.TimerFired(timer.TaskId) { Timestamp = _hub.Now });
            }
        }
#pragma warning disable CA1031 // The log is broken; that is reported here, and every later commit fails with the cause.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogTimerFailed(exception, timer.TaskId, timer.InstanceId);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Some activities did not end in time and were left behind by the stop.")]
    private partial void LogLeftBehind();

    [LoggerMessage(Level = LogLevel.Error, Message = "Timer #{TaskId} of instance {InstanceId} could not be fired.")]
    private partial void LogTimerFailed(Exception exception, int taskId, string instanceId);
}

/// <summary>What is on its way in an engine.</summary>
/// <param name="WaitingTimers">Timers and scheduled starts that have not fired.</param>
/// <param name="ReadyInstances">Instances that wait for a worker.</param>
/// <param name="QueuedActivities">Activity calls that wait for a worker.</param>
/// <param name="Instances">Instances of any status.</param>
/// <param name="WatchedInstances">Instances whose start or end a client waits for.</param>
public sealed record EngineCounts(int WaitingTimers, int ReadyInstances, int QueuedActivities, int Instances, int WatchedInstances);
