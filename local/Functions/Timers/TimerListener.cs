using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Hosting;
using EventFunctions.Local.Functions.Invocation;
using EventFunctions.Local.Functions.Retry;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Timers;

/// <summary>Runs a function by its schedule, one run at a time; occurrences that fall into a run are left out.</summary>
internal sealed class TimerListener(
    Function function, Trigger.Timer trigger, RetryingInvoker invoker, StopSignals signals, TimeProvider timeProvider) : ITriggerListener
{
    /// <summary>A single wait of the platform's timers ends after some 49 days.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>What a run may be late without being called past due.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private Task _loop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = RunAsync(trigger.Schedule.Next(timeProvider.GetUtcNow()));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _loop.WaitAsync(cancellationToken);

    private async Task RunAsync(DateTimeOffset next)
    {
        try
        {
            DateTimeOffset? last = null;
            if (trigger.RunOnStartup)
            {
                await InvokeAsync(last, next, isPastDue: false);
            }

            while (true)
            {
                await WaitUntilAsync(next);
                var now = timeProvider.GetUtcNow();
                await InvokeAsync(last, Following(next, now), isPastDue: now - next > Tolerance);
                last = next;
                next = Following(next, timeProvider.GetUtcNow());
            }
        }
        catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
        {
            // The host stops: that is how the loop ends.
        }
    }

    private DateTimeOffset Following(DateTimeOffset occurrence, DateTimeOffset now)
    {
        var next = trigger.Schedule.Next(occurrence);
        return next > now ? next : trigger.Schedule.Next(now);
    }

    private async Task WaitUntilAsync(DateTimeOffset moment)
    {
        signals.Stopping.ThrowIfCancellationRequested();
        while (moment - timeProvider.GetUtcNow() is var remaining && remaining > TimeSpan.Zero)
        {
            await Task.Delay(remaining < LongestWait ? remaining : LongestWait, timeProvider, signals.Stopping);
        }
    }

    private Task<bool> InvokeAsync(DateTimeOffset? last, DateTimeOffset next, bool isPastDue)
    {
        var status = new ScheduleStatus
        {
            Last = last?.UtcDateTime ?? default,
            Next = next.UtcDateTime,
            LastUpdated = timeProvider.GetUtcNow().UtcDateTime,
        };
        var info = new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = trigger.UseMonitor ? status : null };
        return invoker.TryInvokeAsync(function, new InvocationRequest(new TriggerInput.Timer(info)));
    }
}
