#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>Options of a processor.</summary>
public class ServiceBusProcessorOptions
{
    private int _prefetchCount;
    private int _maxConcurrentCalls = 1;
    private TimeSpan _maxAutoLockRenewalDuration = TimeSpan.FromMinutes(5);

    /// <summary>Messages to fetch ahead, 0 or more. In this process there is nothing to save by it, so it has no effect.</summary>
    public int PrefetchCount
    {
        get => _prefetchCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _prefetchCount = value;
        }
    }

    /// <summary>What receiving does to a message.</summary>
    public ServiceBusReceiveMode ReceiveMode { get; set; } = ServiceBusReceiveMode.PeekLock;

    /// <summary>Whether a message is completed when its handler returns without having settled it; true unless set.</summary>
    public bool AutoCompleteMessages { get; set; } = true;

    /// <summary>How long a message's lock is renewed while its handler runs; 5 minutes unless set, zero for not at all.</summary>
    public TimeSpan MaxAutoLockRenewalDuration
    {
        get => _maxAutoLockRenewalDuration;
        set => _maxAutoLockRenewalDuration = RenewalDuration.Checked(value, nameof(MaxAutoLockRenewalDuration));
    }

    /// <summary>Handlers that run at once, 1 or more; 1 unless set.</summary>
    public int MaxConcurrentCalls
    {
        get => _maxConcurrentCalls;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxConcurrentCalls = value;
        }
    }

    /// <summary>Which queue of the entity to process.</summary>
    public SubQueue SubQueue { get; set; } = SubQueue.None;

    /// <summary>The processor's name in logs; made up unless set.</summary>
    public string Identifier { get; set; }
}

/// <summary>Options of a session processor.</summary>
public class ServiceBusSessionProcessorOptions
{
    private int _prefetchCount;
    private int _maxConcurrentSessions = 8;
    private int _maxConcurrentCallsPerSession = 1;
    private TimeSpan? _sessionIdleTimeout;
    private TimeSpan _maxAutoLockRenewalDuration = TimeSpan.FromMinutes(5);

    /// <summary>Messages to fetch ahead, 0 or more. In this process there is nothing to save by it, so it has no effect.</summary>
    public int PrefetchCount
    {
        get => _prefetchCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _prefetchCount = value;
        }
    }

    /// <summary>What receiving does to a message.</summary>
    public ServiceBusReceiveMode ReceiveMode { get; set; } = ServiceBusReceiveMode.PeekLock;

    /// <summary>Whether a message is completed when its handler returns without having settled it; true unless set.</summary>
    public bool AutoCompleteMessages { get; set; } = true;

    /// <summary>How long a session's lock is renewed after its last message came; 5 minutes unless set, zero for not at all.</summary>
    public TimeSpan MaxAutoLockRenewalDuration
    {
        get => _maxAutoLockRenewalDuration;
        set => _maxAutoLockRenewalDuration = RenewalDuration.Checked(value, nameof(MaxAutoLockRenewalDuration));
    }

    /// <summary>Sessions that are processed at once, 1 or more; 8 unless set.</summary>
    public int MaxConcurrentSessions
    {
        get => _maxConcurrentSessions;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxConcurrentSessions = value;
        }
    }

    /// <summary>Handlers that run at once in one session, 1 or more; 1 unless set. More gives up the order of the session.</summary>
    public int MaxConcurrentCallsPerSession
    {
        get => _maxConcurrentCallsPerSession;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxConcurrentCallsPerSession = value;
        }
    }

    /// <summary>
    /// How long a session without messages is held at most; the client's try time-out unless set. It is let go of earlier when
    /// another session has messages and nobody to process them.
    /// </summary>
    public TimeSpan? SessionIdleTimeout
    {
        get => _sessionIdleTimeout;
        set
        {
            if (value is { } timeout)
            {
                ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero, nameof(value));
            }

            _sessionIdleTimeout = value;
        }
    }

    /// <summary>The sessions to process; any unless some are named.</summary>
    public IList<string> SessionIds { get; } = [];

    /// <summary>The processor's name in logs; made up unless set.</summary>
    public string Identifier { get; set; }
}

/// <summary>The range of a renewal duration.</summary>
internal static class RenewalDuration
{
    public static TimeSpan Checked(TimeSpan value, string property)
    {
        if (value != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, property);
        }

        return value;
    }
}
