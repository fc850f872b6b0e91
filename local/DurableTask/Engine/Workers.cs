using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.DurableTask;

/// <summary>The workers of one start of the engine, and the watch over the code they run.</summary>
internal sealed partial class Workers : IDisposable
{
    private static readonly TimeSpan AbortGrace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping;
    private readonly CancellationTokenSource _abort = new();
    private readonly OrchestrationWorker _orchestrationWorker;
    private readonly EpisodeWatch _watch;
    private readonly Task _orchestrations;
    private readonly Task _activities;
    private readonly ILogger _logger;

    /// <param name="orchestrationWorker">What each of them does with instances.</param>
    /// <param name="activityWorker">What each of them does with activities.</param>
    /// <param name="options">How many there are.</param>
    /// <param name="logger">Where faults are reported.</param>
    /// <param name="halt">Has them take up nothing more, also before the stop.</param>
    public Workers(
        OrchestrationWorker orchestrationWorker, ActivityWorker activityWorker, DurableTaskEngineOptions options, ILogger logger, CancellationToken halt)
    {
        (_orchestrationWorker, _logger) = (orchestrationWorker, logger);
        _watch = new EpisodeWatch(options.MaximumEpisodeTime, options.EpisodeClock, orchestrationWorker.GiveUp);
        _watch.Start();
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(halt);
        _orchestrations = Task.WhenAll(Enumerable.Range(0, options.MaxConcurrentOrchestrators)
            .Select(_ => OrchestrateAsync(_stopping.Token)));
        _activities = Task.WhenAll(Enumerable.Range(0, options.MaxConcurrentActivities)
            .Select(_ => Task.Run(() => activityWorker.RunAsync(_stopping.Token, _abort.Token), CancellationToken.None)));
    }

    /// <summary>To be called after the stop; what was left behind keeps its cancelled token.</summary>
    public void Dispose()
    {
        _watch.Dispose();
        _stopping.Dispose();
        _abort.Dispose();
    }

    /// <summary>Waits for what runs; activities are aborted when the token is cancelled.</summary>
    /// <returns>Whether everything ended.</returns>
    public async Task<bool> StopAsync(CancellationToken patience)
    {
        await _stopping.CancelAsync();
        var all = Task.WhenAll(_orchestrations, _activities);
        try
        {
            await all.WaitAsync(patience);
            return true;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // Out of patience: the calls are asked to give up, and those that don't are not waited for any longer. The grace is
            // real time: a clock that a test holds still must not hold up the stop.
            await AbortAsync();
            return await Task.WhenAny(all, Task.Delay(AbortGrace, CancellationToken.None)) == all;
        }
    }

    /// <summary>Keeps one worker at work: where one is lost to code that does not come back, the next takes its place.</summary>
    private async Task OrchestrateAsync(CancellationToken stopping)
    {
        while (true)
        {
            var desk = _watch.Open();
            var worker = Task.Run(() => _orchestrationWorker.RunAsync(desk, stopping), CancellationToken.None);
            if (await Task.WhenAny(worker, desk.GivenUp) == worker)
            {
                _watch.Close(desk);
                await worker;
                return;
            }
        }
    }

    /// <summary>An activity may have registered code with its token. What that throws must not keep the stop from going on.</summary>
    private async Task AbortAsync()
    {
        try
        {
            await _abort.CancelAsync();
        }
        catch (AggregateException exception)
        {
            LogCallbackFailed(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Code that an activity registered with its cancellation token failed.")]
    private partial void LogCallbackFailed(Exception exception);
}
