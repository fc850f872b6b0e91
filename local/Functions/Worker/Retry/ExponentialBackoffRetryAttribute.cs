namespace Microsoft.Azure.Functions.Worker;

/// <summary>Repeats a failed invocation after intervals that double from a minimum to a maximum.</summary>
public sealed class ExponentialBackoffRetryAttribute : RetryAttribute
{
    /// <summary>Creates the policy.</summary>
    /// <param name="maxRetryCount">Repetitions after the first try; -1 is without limit.</param>
    /// <param name="minimumInterval">The first interval, <c>hh:mm:ss</c>.</param>
    /// <param name="maximumInterval">The longest interval, <c>hh:mm:ss</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An interval can't be read, or the maximum is below the minimum.</exception>
    public ExponentialBackoffRetryAttribute(int maxRetryCount, string minimumInterval, string maximumInterval)
    {
        Minimum = ParseInterval(minimumInterval, nameof(minimumInterval));
        Maximum = ParseInterval(maximumInterval, nameof(maximumInterval));
        ArgumentOutOfRangeException.ThrowIfLessThan(Maximum, Minimum, nameof(maximumInterval));
        MaxRetryCount = maxRetryCount;
        MinimumInterval = minimumInterval;
        MaximumInterval = maximumInterval;
    }

    /// <summary>The first interval, <c>hh:mm:ss</c>.</summary>
    public string MinimumInterval { get; }

    /// <summary>The longest interval, <c>hh:mm:ss</c>.</summary>
    public string MaximumInterval { get; }

    internal TimeSpan Minimum { get; }

    internal TimeSpan Maximum { get; }
}
