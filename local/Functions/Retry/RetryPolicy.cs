using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Local.Functions.Retry;

/// <summary>How often and after what delays a failed invocation is repeated.</summary>
/// <param name="MaxRetryCount">Repetitions after the first try; -1 is without limit.</param>
internal abstract record RetryPolicy(int MaxRetryCount)
{
    public static RetryPolicy? From(RetryAttribute? attribute) => attribute switch
    {
        FixedDelayRetryAttribute fixedDelay => new Fixed(fixedDelay.MaxRetryCount, fixedDelay.Delay),
        ExponentialBackoffRetryAttribute backoff => new Exponential(backoff.MaxRetryCount, backoff.Minimum, backoff.Maximum),
        _ => null,
    };

    /// <summary>Whether there is another repetition after so many.</summary>
    public bool Allows(int retryCount) => MaxRetryCount < 0 || retryCount < MaxRetryCount;

    /// <summary>The delay before a repetition, counted from 0.</summary>
    public abstract TimeSpan DelayBefore(int retryCount);

    public sealed record Fixed(int MaxRetryCount, TimeSpan Delay) : RetryPolicy(MaxRetryCount)
    {
        public override TimeSpan DelayBefore(int retryCount) => Delay;
    }

    public sealed record Exponential(int MaxRetryCount, TimeSpan Minimum, TimeSpan Maximum) : RetryPolicy(MaxRetryCount)
    {
        public override TimeSpan DelayBefore(int retryCount)
        {
            var ticks = Minimum.Ticks * Math.Pow(2, retryCount);
            return ticks >= Maximum.Ticks ? Maximum : TimeSpan.FromTicks((long)ticks);
        }
    }
}

/// <summary>The state of a policy as an invocation sees it.</summary>
internal sealed class LocalRetryContext(int retryCount, int maxRetryCount) : RetryContext
{
    public override int RetryCount => retryCount;

    public override int MaxRetryCount => maxRetryCount;
}
