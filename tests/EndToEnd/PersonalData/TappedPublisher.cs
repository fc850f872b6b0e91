using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using EventFunctions.Publishing;

namespace EventFunctions.EndToEnd.Tests.PersonalData;

/// <summary>Publishes as the app does, and writes down what every message said: those that were handled are gone from the broker.</summary>
internal sealed class TappedPublisher(ServiceBusClient client) : IEventPublisher, IAsyncDisposable
{
    private readonly ServiceBusEventPublisher _inner = new(client);

    /// <summary>Bodies and properties.</summary>
    public ConcurrentQueue<string> Sent { get; } = [];

    public ValueTask DisposeAsync() => _inner.DisposeAsync();

    public Task<IReadOnlyList<OversizedMessage>> PublishAsync(
        string topic, IReadOnlyList<ServiceBusMessage> messages, CancellationToken cancellationToken)
    {
        foreach (var message in messages)
        {
            Sent.Enqueue($"{message.Body} {message.Subject} {message.SessionId} {message.CorrelationId} {string.Join(' ', message.ApplicationProperties)}");
        }
        return _inner.PublishAsync(topic, messages, cancellationToken);
    }
}
