using System.Collections.Concurrent;

namespace EventFunctions.Local.Host.Sandbox.Exchange;

/// <summary>What a sandboxed service does after it has answered; stopped as one.</summary>
/// <param name="logger">Gets what fails: nobody awaits it.</param>
internal sealed class BackgroundWork(ILogger logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>How much is under way.</summary>
    public int Count => _underWay.Count;

    /// <summary>Begins a piece of work.</summary>
    /// <param name="id">Its name, unique among what is under way.</param>
    /// <param name="work">Does it.</param>
    public void Begin(string id, Func<CancellationToken, Task> work)
    {
        var task = RunAsync(id, work, _stop.Token);
        _underWay[id] = task;
        _ = task.ContinueWith(_ => _underWay.TryRemove(id, out Task? _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>Stops everything where it is.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_underWay.Values);
        _stop.Dispose();
    }

    private async Task RunAsync(string id, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            await work(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            logger.LogDebug("The sandbox stops with {Work} under way.", id);
        }
        catch (Exception exception)
        {
            // Nobody awaits this, so its failure is reported here or nowhere.
            logger.LogError(exception, "{Work} is lost.", id);
        }
    }
}
