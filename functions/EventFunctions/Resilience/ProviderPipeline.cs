using System.Net;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace EventFunctions.Resilience;

/// <summary>How every call of an outside service is made: retries around a circuit breaker around a time-out for each attempt.</summary>
public static class ProviderPipeline
{
    /// <summary>Builds the pipeline; one per service, because the circuit breaker remembers.</summary>
    /// <param name="options">Its limits.</param>
    /// <param name="timeProvider">The clock of every delay, time-out and break.</param>
    public static ResiliencePipeline<HttpResponseMessage> Create(ProviderOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = args => ValueTask.FromResult(IsTransient(args.Outcome)),
                MaxRetryAttempts = options.Retries,
                Delay = options.RetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = args => ValueTask.FromResult(IsTransient(args.Outcome)),
                FailureRatio = options.BreakAtFailureRatio,
                MinimumThroughput = options.BreakAtMinimumAttempts,
                SamplingDuration = options.BreakWindow,
                BreakDuration = options.BreakDuration,
            })
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout })
            .Build();
    }

    /// <summary>What another attempt may mend. An open circuit is not retried here: the caller's own retries are further apart.</summary>
    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: HttpRequestException or TimeoutRejectedException } => true,
        { Result: { } response } => (int)response.StatusCode >= 500
            || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests,
        _ => false,
    };
}
