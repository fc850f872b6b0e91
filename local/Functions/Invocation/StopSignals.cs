namespace EventFunctions.Local.Functions.Invocation;

/// <summary>How far the host's stop has come: first work is drained, then asked to end, then left behind.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenSource _abandoned = new();

    /// <summary>Nothing new is begun.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>What runs is asked to end.</summary>
    public CancellationToken Cancelled => _cancelled.Token;

    /// <summary>What still runs is not waited for any more.</summary>
    public CancellationToken Abandoned => _abandoned.Token;

    /// <summary>At once, so that whoever asks for a stop knows that nothing is begun after.</summary>
    public void Stop() => _stopping.Cancel();

    /// <summary>Waits for work until it is left behind. What left work throws later was logged by it, and is of no interest here.</summary>
    /// <exception cref="OperationCanceledException">The work is left behind.</exception>
    public async Task<T> WaitForAsync<T>(Task<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await work.WaitAsync(Abandoned);
        }
        catch (OperationCanceledException) when (Abandoned.IsCancellationRequested)
        {
            _ = work.ContinueWith(
                static left => left.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }
    }

    public Task CancelAsync() => _cancelled.CancelAsync();

    public Task AbandonAsync() => _abandoned.CancelAsync();

    public void Dispose()
    {
        _stopping.Dispose();
        _cancelled.Dispose();
        _abandoned.Dispose();
    }
}
