using Microsoft.DurableTask;

namespace EventFunctions.Local.DurableTask;

/// <summary>Calls again what failed, by a policy or as a handler says. A task nobody implements is not called again.</summary>
internal static class RetryLoop
{
    public static Task<T> RunAsync<T>(TaskOrchestrationContext context, TaskRetryOptions retry, Func<Task<T>> call) =>
        retry.Policy is { } policy ? ByPolicyAsync(context, policy, call) : ByHandlerAsync(context, retry.Handler!, call);

    /// <summary>The pause after a failed attempt (from 1).</summary>
    public static TimeSpan Pause(RetryPolicy policy, int failedAttempt)
    {
        var ticks = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, failedAttempt - 1);
        return ticks >= policy.MaxRetryInterval.Ticks ? policy.MaxRetryInterval : TimeSpan.FromTicks((long)ticks);
    }

    private static async Task<T> ByPolicyAsync<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> call)
    {
        var firstAttempt = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (MayRetry(context, policy, firstAttempt, failed))
            {
                // The documented order of ids: a timer of no delay follows the last attempt too.
                var isLast = attempt >= policy.MaxNumberOfAttempts;
                await context.CreateTimer(isLast ? TimeSpan.Zero : Pause(policy, attempt), CancellationToken.None);
                if (isLast)
                {
                    throw;
                }
            }
        }
    }

    private static async Task<T> ByHandlerAsync<T>(TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> call)
    {
        var firstAttempt = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failed) when (!TaskNotFound.Is(failed.FailureDetails))
            {
                var elapsed = context.CurrentUtcDateTime - firstAttempt;
                if (!await handler(new RetryContext(context, attempt, failed.FailureDetails, elapsed, CancellationToken.None)))
                {
                    throw;
                }
            }
        }
    }

    private static bool MayRetry(TaskOrchestrationContext context, RetryPolicy policy, DateTime firstAttempt, TaskFailedException failed)
    {
        if (TaskNotFound.Is(failed.FailureDetails))
        {
            return false;
        }

        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && context.CurrentUtcDateTime - firstAttempt >= policy.RetryTimeout)
        {
            return false;
        }

        try
        {
            return policy.Handle(failed);
        }
#pragma warning disable CA1031 // Documented: a filter that throws means "do not retry", and the task's own failure is what surfaces.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
