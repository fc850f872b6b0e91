#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>Options of a receiver.</summary>
public class ServiceBusReceiverOptions
{
    private int _prefetchCount;

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

    /// <summary>Which queue of the entity to receive from.</summary>
    public SubQueue SubQueue { get; set; } = SubQueue.None;

    /// <summary>The receiver's name in logs; made up unless set.</summary>
    public string Identifier { get; set; }
}

/// <summary>Options of a session's receiver.</summary>
public class ServiceBusSessionReceiverOptions
{
    private int _prefetchCount;

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

    /// <summary>The receiver's name in logs; made up unless set.</summary>
    public string Identifier { get; set; }

    internal ServiceBusReceiverOptions ToReceiverOptions() =>
        new() { PrefetchCount = PrefetchCount, ReceiveMode = ReceiveMode, Identifier = Identifier };
}
