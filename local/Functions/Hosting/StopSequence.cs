using EventFunctions.Local.Functions.Invocation;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.Hosting;

/// <summary>
/// Stops the host's parts one after the other: what is in flight has until the deadline to end by itself, then a little more after
/// it was cancelled, and is then left behind.
/// </summary>
internal sealed class StopSequence(StopSignals signals, LocalFunctionsOptions options, ILogger<StopSequence> logger)
{
    /// <summary>What cancelled work gets to end; the broker has its messages back then, whatever it does.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _run;

    /// <summary>Runs the parts' stops in order; a second call waits for the first. Any call's token brings the deadline forward.</summary>
    public async Task RunAsync(IReadOnlyList<Func<CancellationToken, Task>> parts, CancellationToken cancellationToken)
    {
        signals.Stop();
        await using var hurry = cancellationToken.UnsafeRegister(static stop => ((TaskCompletionSource)stop!).TrySetResult(), _hurry);
        Task run;
        lock (_gate)
        {
            run = _run ??= StopAsync(parts);
        }

        await run;
    }

    private async Task StopAsync(IReadOnlyList<Func<CancellationToken, Task>> parts)
    {
        using var done = new CancellationTokenSource();
        Task? deadline = null;
        List<Exception>? failures = null;
        foreach (var stop in parts)
        {
            try
            {
                var stopping = stop(signals.Abandoned);
                // Nothing is cancelled before the triggers know that they stop: a message handed back must not come in again.
                deadline ??= EnforceAsync(done.Token);
                await stopping;
            }
            catch (OperationCanceledException) when (signals.Abandoned.IsCancellationRequested)
            {
                logger.LogWarning("The stop's deadline has passed; work in flight is left behind.");
            }
#pragma warning disable CA1031 // Every part is stopped; the failures are thrown together at the end.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                (failures ??= []).Add(exception);
            }
        }

        await done.CancelAsync();
        await (deadline ?? Task.CompletedTask);
        if (failures is not null)
        {
            throw new AggregateException("The host stopped, but not cleanly.", failures);
        }
    }

    private async Task EnforceAsync(CancellationToken done)
    {
        try
        {
            await DeadlineAsync(done);
            done.ThrowIfCancellationRequested();
            logger.LogWarning("What is still in flight is cancelled.");
            await CancelAsync();
            await Task.Delay(Grace, options.TimeProvider, done);
            await signals.AbandonAsync();
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // Everything ended in time.
        }
    }

    /// <summary>A function may have registered code with its token. What that throws must not keep the stop from going on.</summary>
    private async Task CancelAsync()
    {
        try
        {
            await signals.CancelAsync();
        }
        catch (AggregateException exception)
        {
            logger.LogError(exception, "Code that a function registered with its cancellation token failed.");
        }
    }

    /// <summary>Waits for the deadline: that of the options, or as soon as a caller can't wait.</summary>
    private async Task DeadlineAsync(CancellationToken done)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(done);
        await Task.WhenAny(Task.Delay(options.DrainTimeout, options.TimeProvider, over.Token), _hurry.Task);
        await over.CancelAsync();
    }
}
