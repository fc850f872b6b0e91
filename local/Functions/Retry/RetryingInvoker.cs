using EventFunctions.Local.Functions.Discovery;
using EventFunctions.Local.Functions.Invocation;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Functions.Retry;

/// <summary>Repeats failed invocations by the function's policy, each as an invocation of its own.</summary>
internal sealed class RetryingInvoker(
    FunctionInvoker invoker, StopSignals signals, TimeProvider timeProvider, ILogger<RetryingInvoker> logger)
{
    /// <summary>Returns whether the work was done: false once the policy, or the lack of one, allows no further try.</summary>
    /// <param name="function">The function.</param>
    /// <param name="request">What it is invoked with.</param>
    /// <param name="withdrawn">The work is no longer this host's: what runs may end, but is not repeated.</param>
    /// <exception cref="OperationCanceledException">The host stops, or the work is withdrawn, before it is done.</exception>
    public async Task<bool> TryInvokeAsync(Function function, InvocationRequest request, CancellationToken withdrawn = default)
    {
        for (var retryCount = 0; ; retryCount++)
        {
            var retry = function.Retry is { } policy ? new LocalRetryContext(retryCount, policy.MaxRetryCount) : null;
            try
            {
                await signals.WaitForAsync(invoker.InvokeAsync(function, request with { Retry = retry }, signals.Cancelled));
                return true;
            }
            catch (Exception exception) when (signals.Cancelled.IsCancellationRequested)
            {
                throw new OperationCanceledException($"The host stopped before {function.Name} was done.", exception, signals.Cancelled);
            }
            catch (Exception exception)
            {
                if (function.Retry?.Allows(retryCount) is not true)
                {
                    logger.LogError(
                        exception, "{Function} failed after {Tries} tries and is not tried again.", function.Name, retryCount + 1);
                    return false;
                }

                var delay = function.Retry.DelayBefore(retryCount);
                logger.LogWarning("{Function} is tried again in {Delay}, for the {Count}. time.", function.Name, delay, retryCount + 1);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(signals.Stopping, withdrawn);
                await Task.Delay(delay, timeProvider, either.Token);
            }
        }
    }
}
