using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using EventFunctions.Publishing;

namespace EventFunctions.EndToEnd.Tests.Operators;

/// <summary>Publishes as the app does, but for messages of one type, which are too large for its topics until they are widened.</summary>
internal sealed class NarrowTopic(ServiceBusClient client, string tooLarge) : IEventPublisher, IAsyncDisposable
{
    private readonly ServiceBusEventPublisher _inner = new(client);
    private volatile bool _isWide;

    /// <summary>Every event of the store that was sent; those translated for outsiders are not.</summary>
    public ConcurrentQueue<(string Subject, string MessageId)> Sent { get; } = [];

    public void Widen() => _isWide = true;

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    public async Task<IReadOnlyList<OversizedMessage>> PublishAsync(
        string topic, IReadOnlyList<ServiceBusMessage> messages, CancellationToken cancellationToken)
    {
        var refused = messages.Where(m => !_isWide && m.Subject == tooLarge).ToList();
        var sent = messages.Except(refused).ToList();
        var oversized = await _inner.PublishAsync(topic, sent, cancellationToken);
        Assert.Empty(oversized);
        if (topic == EventTopics.Integration)
        {
            return [];
        }

        sent.ForEach(m => Sent.Enqueue((m.Subject, m.MessageId)));
        return [.. refused.Select(m => new OversizedMessage(m, MaxSizeInBytes: 1))];
    }
}
