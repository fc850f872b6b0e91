namespace Microsoft.DurableTask;

public abstract partial class TaskOrchestrationContext
{
    /// <summary>A durable timer that fires after a delay by the orchestration's clock.</summary>
    /// <exception cref="TaskCanceledException">The token was cancelled (when awaited).</exception>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) =>
        CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>A durable timer that fires at a moment; at once if it is past.</summary>
    /// <exception cref="TaskCanceledException">The token was cancelled (when awaited).</exception>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>
    /// The next event of a name, letter case apart. Events nobody waits for are kept in order of arrival, also after a wait that was
    /// cancelled; of several waiters the newest is served first. The worker 1.25 still gave an event to a cancelled waiter, which lost it: code
    /// that may run on such a worker keeps its waiter over time-outs.
    /// </summary>
    /// <exception cref="TaskCanceledException">The token was cancelled (when awaited).</exception>
    /// <exception cref="ArgumentException">A waiter of that name waits for another type.</exception>
    /// <exception cref="InvalidOperationException">The event has no payload, and the type has no null (when awaited).</exception>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>The next event of a name, if it comes in time.</summary>
    /// <exception cref="TaskCanceledException">It did not (when awaited).</exception>
    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout) =>
        WaitForExternalEvent<T>(eventName, timeout, CancellationToken.None);

    /// <summary>The next event of a name, if it comes in time. The timer that limits the wait is cancelled when the event wins.</summary>
    /// <exception cref="TaskCanceledException">It did not, or the token was cancelled (when awaited).</exception>
    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var stopTimer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var stopWaiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var timer = CreateTimer(timeout, stopTimer.Token);
        var received = WaitForExternalEvent<T>(eventName, stopWaiting.Token);
        var first = await Task.WhenAny(received, timer);
#pragma warning disable CA1849, MA0042 // CancelAsync would run the cancellation on another thread, which an orchestration must not do.
        (first == received ? stopTimer : stopWaiting).Cancel();
#pragma warning restore CA1849, MA0042
        return await received;
    }
}
