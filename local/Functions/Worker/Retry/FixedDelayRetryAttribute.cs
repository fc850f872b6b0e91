namespace Microsoft.Azure.Functions.Worker;

/// <summary>Repeats a failed invocation after the same interval each time.</summary>
public sealed class FixedDelayRetryAttribute : RetryAttribute
{
    /// <summary>Creates the policy.</summary>
    /// <param name="maxRetryCount">Repetitions after the first try; -1 is without limit.</param>
    /// <param name="delayInterval">The interval, <c>hh:mm:ss</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval can't be read.</exception>
    public FixedDelayRetryAttribute(int maxRetryCount, string delayInterval)
    {
        Delay = ParseInterval(delayInterval, nameof(delayInterval));
        MaxRetryCount = maxRetryCount;
        DelayInterval = delayInterval;
    }

    /// <summary>The interval, <c>hh:mm:ss</c>.</summary>
    public string DelayInterval { get; }

    internal TimeSpan Delay { get; }
}
