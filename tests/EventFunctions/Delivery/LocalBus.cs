using Azure.Messaging.ServiceBus;
using EventFunctions.Local.ServiceBus;

namespace EventFunctions.Tests.Delivery;

/// <summary>The real broker with the declared topology; tells which message it routed to which function.</summary>
internal sealed class LocalBus : IAsyncDisposable
{
    private const int MaxMessages = 10_000;
    private readonly ServiceBusBroker _broker = new(
        MessagingTopology.Load(Path.Combine(SourceTree.Root, "infra", "messaging.json")), TimeProvider.System);

    private readonly List<(Subscriber Subscriber, ServiceBusReceiver Receiver)> _receivers;

    public LocalBus()
    {
        Client = _broker.CreateClient();
        _receivers = [.. Subscriber.All.Select(s => (s, s.IsQueue ? Client.CreateReceiver(s.Topic) : Client.CreateReceiver(s.Topic, s.Subscription)))];
    }

    public ServiceBusClient Client { get; }

    /// <summary>The messages routed since it was last asked, in the order in which they were sent.</summary>
    public async Task<IReadOnlyList<RoutedMessage>> TakeAsync()
    {
        var routed = new List<RoutedMessage>();
        foreach (var (subscriber, receiver) in _receivers)
        {
            routed.AddRange((await receiver.PeekMessagesAsync(MaxMessages)).Select(m => new RoutedMessage(subscriber, m)));
        }

        return [.. routed.OrderBy(r => r.Message.SequenceNumber)];
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _broker.DisposeAsync();
    }
}

/// <summary>A message on its way to a function.</summary>
/// <param name="Subscriber">The function.</param>
/// <param name="Message">The message, as it lies in the broker.</param>
/// <param name="Delivery">The number of its next delivery, from 1.</param>
internal sealed record RoutedMessage(Subscriber Subscriber, ServiceBusReceivedMessage Message, int Delivery = 1)
{
    /// <summary>The message as its function receives it.</summary>
    public ServiceBusReceivedMessage Receive() => ServiceBusModelFactory.ServiceBusReceivedMessage(
        Message.Body,
        Message.MessageId,
        sessionId: Message.SessionId,
        correlationId: Message.CorrelationId,
        subject: Message.Subject,
        contentType: Message.ContentType,
        properties: Message.ApplicationProperties.ToDictionary(p => p.Key, p => p.Value),
        lockTokenGuid: Guid.NewGuid(),
        deliveryCount: Delivery,
        sequenceNumber: Message.SequenceNumber,
        enqueuedTime: Message.EnqueuedTime);

    public override string ToString() => $"{Message.Subject} {Message.MessageId} to {Subscriber.Subscription}";
}
