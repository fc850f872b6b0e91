#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>
/// How patient a client is. In this process an operation cannot fail for the network's sake, so only <see cref="TryTimeout"/> (or
/// that of <see cref="CustomRetryPolicy"/>) has an effect: it is how long receiving waits unless told otherwise.
/// </summary>
public class ServiceBusRetryOptions
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(5);

    private int _maxRetries = 3;
    private TimeSpan _delay = TimeSpan.FromSeconds(0.8);
    private TimeSpan _maxDelay = TimeSpan.FromMinutes(1);
    private TimeSpan _tryTimeout = TimeSpan.FromMinutes(1);

    /// <summary>How the wait grows; exponentially unless set.</summary>
    public ServiceBusRetryMode Mode { get; set; } = ServiceBusRetryMode.Exponential;

    /// <summary>Tries after the first, 0 to 100; 3 unless set.</summary>
    public int MaxRetries
    {
        get => _maxRetries;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100);
            _maxRetries = value;
        }
    }

    /// <summary>The first wait, 1 ms to 5 minutes; 0.8 seconds unless set.</summary>
    public TimeSpan Delay
    {
        get => _delay;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.FromMilliseconds(1));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestDelay);
            _delay = value;
        }
    }

    /// <summary>The longest wait; a minute unless set.</summary>
    public TimeSpan MaxDelay
    {
        get => _maxDelay;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            _maxDelay = value;
        }
    }

    /// <summary>How long one try may take; a minute unless set.</summary>
    public TimeSpan TryTimeout
    {
        get => _tryTimeout;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            _tryTimeout = value;
        }
    }

    /// <summary>A policy of the application's own, instead of all the above.</summary>
    public ServiceBusRetryPolicy CustomRetryPolicy { get; set; }

    internal TimeSpan EffectiveTryTimeout => CustomRetryPolicy?.CalculateTryTimeout(0) ?? TryTimeout;
}

/// <summary>An application's own idea of when and how long to try.</summary>
public abstract class ServiceBusRetryPolicy
{
    /// <summary>Creates the policy.</summary>
    protected ServiceBusRetryPolicy()
    {
    }

    /// <summary>How long the try after so many failed ones may take.</summary>
    public abstract TimeSpan CalculateTryTimeout(int attemptCount);

    /// <summary>How long to wait before the next try; null to give up.</summary>
    public abstract TimeSpan? CalculateRetryDelay(Exception lastException, int attemptCount);
}
