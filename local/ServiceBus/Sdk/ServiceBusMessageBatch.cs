#nullable disable

using EventFunctions.Local.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>Messages to be sent as one, as many as fit. Not safe for several threads.</summary>
public sealed class ServiceBusMessageBatch : IDisposable
{
    private readonly List<BrokerMessage> _messages = [];
    private readonly IList<ServiceBusMessage> _store;
    private readonly Func<ServiceBusMessage, bool> _tryAdd;
    private readonly long _fixedSize;
    private long _size = MessageSize.BatchEnvelope;
    private bool _sending;

    internal ServiceBusMessageBatch(long maxSizeInBytes) => MaxSizeInBytes = maxSizeInBytes;

    /// <summary>A batch whose contents and capacity a test decides on.</summary>
    internal ServiceBusMessageBatch(
        long sizeInBytes, IList<ServiceBusMessage> store, long maxSizeInBytes, Func<ServiceBusMessage, bool> tryAdd)
    {
        _fixedSize = sizeInBytes;
        _store = store;
        _tryAdd = tryAdd;
        MaxSizeInBytes = maxSizeInBytes;
    }

    /// <summary>The most it holds, in bytes as sent.</summary>
    public long MaxSizeInBytes { get; }

    /// <summary>What it holds, in bytes as sent.</summary>
    public long SizeInBytes => _store is null ? _size : _fixedSize;

    /// <summary>How many messages it holds.</summary>
    public int Count => _store?.Count ?? _messages.Count;

    /// <summary>Adds a message if it fits.</summary>
    /// <exception cref="InvalidOperationException">The batch is being sent.</exception>
    public bool TryAddMessage(ServiceBusMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_sending)
        {
            throw new InvalidOperationException("The batch is being sent; its messages cannot change before that is done.");
        }

        if (_store is not null)
        {
            var added = _tryAdd(message);
            if (added)
            {
                _store.Add(message);
            }

            return added;
        }

        var copy = MessageConversion.ToBroker(message);
        var size = _size + MessageSize.InBatch(copy);
        if (size > MaxSizeInBytes)
        {
            return false;
        }

        _messages.Add(copy);
        _size = size;
        return true;
    }

    /// <summary>Empties the batch.</summary>
    public void Dispose()
    {
        if (_sending)
        {
            throw new InvalidOperationException("The batch is being sent; dispose of it when that is done.");
        }

        _messages.Clear();
        _size = MessageSize.BatchEnvelope;
    }

    /// <summary>Fixes the batch while it is sent.</summary>
    internal IReadOnlyList<BrokerMessage> Lock()
    {
        _sending = true;
        return _store is null ? _messages : [.. _store.Select(m => MessageConversion.ToBroker(m))];
    }

    internal void Unlock() => _sending = false;
}

/// <summary>Options of a batch.</summary>
public class CreateMessageBatchOptions
{
    private long? _maxSizeInBytes;

    /// <summary>The most it may hold, in bytes; what the entity takes unless set.</summary>
    public long? MaxSizeInBytes
    {
        get => _maxSizeInBytes;
        set
        {
            if (value is { } size)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(size, 24, nameof(value));
            }

            _maxSizeInBytes = value;
        }
    }
}
