#nullable disable

namespace Azure.Messaging.ServiceBus;

/// <summary>Lets a processor's handler receive more. What it receives is settled with the message it was called with.</summary>
public class ProcessorReceiveActions
{
    private readonly ServiceBusReceiver _receiver;
    private readonly HeldMessages _held;

    /// <summary>For tests that replace the actions.</summary>
    protected ProcessorReceiveActions()
    {
    }

    internal ProcessorReceiveActions(ServiceBusReceiver receiver, HeldMessages held)
    {
        _receiver = receiver;
        _held = held;
    }

    /// <summary>Receives messages.</summary>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default) =>
        Held(await _receiver.ReceiveMessagesAsync(maxMessages, maxWaitTime, cancellationToken));

    /// <summary>Looks at messages without receiving them.</summary>
    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages, long? fromSequenceNumber = null, CancellationToken cancellationToken = default) =>
        _receiver.PeekMessagesAsync(maxMessages, fromSequenceNumber, cancellationToken);

    /// <summary>Receives deferred messages, all or none.</summary>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveDeferredMessagesAsync(
        IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken = default) =>
        Held(await _receiver.ReceiveDeferredMessagesAsync(sequenceNumbers, cancellationToken));

    private IReadOnlyList<ServiceBusReceivedMessage> Held(IReadOnlyList<ServiceBusReceivedMessage> messages)
    {
        foreach (var message in messages)
        {
            _held?.Add(message);
        }

        return messages;
    }
}
