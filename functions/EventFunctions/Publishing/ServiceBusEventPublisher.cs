using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace EventFunctions.Publishing;

/// <summary>Sends messages in batches as large as the topic takes; one sender per topic, kept open.</summary>
/// <param name="client">The namespace.</param>
public sealed class ServiceBusEventPublisher(ServiceBusClient client) : IEventPublisher, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<ServiceBusSender>> _senders = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OversizedMessage>> PublishAsync(
        string topic, IReadOnlyList<ServiceBusMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var sender = SenderOf(topic);
        var oversized = new List<OversizedMessage>();
        var next = 0;
        while (next < messages.Count)
        {
            using var batch = await sender.CreateMessageBatchAsync(cancellationToken);
            while (next < messages.Count && batch.TryAddMessage(messages[next]))
            {
                next++;
            }

            if (batch.Count > 0)
            {
                await sender.SendMessagesAsync(batch, cancellationToken);
            }
            else
            {
                oversized.Add(new OversizedMessage(messages[next++], batch.MaxSizeInBytes));
            }
        }

        return oversized;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var sender in _senders.Values)
        {
            await sender.Value.DisposeAsync();
        }
    }

    private ServiceBusSender SenderOf(string topic) =>
        _senders.GetOrAdd(topic, name => new Lazy<ServiceBusSender>(() => client.CreateSender(name))).Value;
}
