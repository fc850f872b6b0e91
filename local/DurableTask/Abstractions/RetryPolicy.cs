using System.ComponentModel;

namespace Microsoft.DurableTask;

/// <summary>Retries with exponentially growing pauses, which are durable timers.</summary>
public class RetryPolicy
{
    private static readonly TimeSpan DefaultMaxRetryInterval = TimeSpan.FromHours(1);

    /// <summary>Makes a policy.</summary>
    /// <param name="maxNumberOfAttempts">Attempts in all, the first included; at least 1.</param>
    /// <param name="firstRetryInterval">The pause after the first failure; more than zero.</param>
    /// <param name="backoffCoefficient">What each further pause is multiplied by; at least 1.</param>
    /// <param name="maxRetryInterval">The longest pause, at least the first one; one hour by default.</param>
    /// <param name="retryTimeout">For how long after the first attempt a retry may begin, at least the first pause; no limit by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        if (double.IsNaN(backoffCoefficient) || backoffCoefficient < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(backoffCoefficient), backoffCoefficient, "The coefficient must be at least 1.");
        }

        if (maxRetryInterval is { } longest)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(longest, firstRetryInterval, nameof(maxRetryInterval));
        }

        if (retryTimeout is { } limit && limit != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, firstRetryInterval, nameof(retryTimeout));
        }

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? (firstRetryInterval > DefaultMaxRetryInterval ? firstRetryInterval : DefaultMaxRetryInterval);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>Attempts in all, the first included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The pause after the first failure.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>What each further pause is multiplied by.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest pause.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>For how long after the first attempt a retry may begin; <see cref="Timeout.InfiniteTimeSpan"/> is no limit.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Whether an exception is worth a retry; what <see cref="HandleFailure"/> set.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Func<Exception, bool> Handle { get; private init; } = static _ => true;

    /// <summary>Not supported.</summary>
    /// <exception cref="NotSupportedException">It was set.</exception>
    [Obsolete("An asynchronous filter is not supported. Use HandleFailure, or a retry handler.")]
    public Func<Exception, Task<bool>>? HandleAsync
    {
        get => null;
        set => throw new NotSupportedException("RetryPolicy.HandleAsync is not supported; set HandleFailure, or use TaskOptions.FromRetryHandler.");
    }

    /// <summary>Whether a failure is worth a retry. A filter that throws counts as "no".</summary>
#pragma warning disable CA1044 // The real property has no getter either.
    public Func<TaskFailureDetails, bool> HandleFailure
#pragma warning restore CA1044
    {
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            Handle = exception => value((exception as TaskFailedException)?.FailureDetails ?? TaskFailureDetails.FromException(exception));
        }
    }
}
