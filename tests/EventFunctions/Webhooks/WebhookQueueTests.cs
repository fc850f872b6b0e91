using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Local.ServiceBus;
using EventFunctions.Publishing;
using EventFunctions.Tests.Delivery;
using EventFunctions.Tests.Support;
using EventFunctions.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace EventFunctions.Tests.Webhooks;

/// <summary>Attempts as messages of the declared queue.</summary>
public sealed class WebhookQueueTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly DueAttempt _attempt = new(Guid.NewGuid(), Guid.NewGuid(), 2, 0);

    [Fact]
    public async Task An_attempt_that_is_due_later_is_handed_out_then()
    {
        await using var bus = new QueueBus(_clock);
        await bus.Queue.EnqueueAsync(_attempt, _clock.GetUtcNow() + TimeSpan.FromHours(15), CancellationToken.None);
        await using var receiver = bus.NewReceiver();
        var receiving = receiver.ReceiveMessageAsync(TimeSpan.FromDays(1));
        _clock.Advance(TimeSpan.FromHours(14));
        Assert.False(receiving.IsCompleted);

        _clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(_attempt, ServiceBusWebhookQueue.Read(await receiving));
    }

    [Fact]
    public async Task The_same_attempt_is_queued_once_and_one_that_is_asked_for_by_hand_beside_it()
    {
        await using var bus = new QueueBus(_clock);
        await bus.Queue.EnqueueAsync(_attempt, _clock.GetUtcNow() + TimeSpan.FromHours(1), CancellationToken.None);
        await bus.Queue.EnqueueAsync(_attempt, _clock.GetUtcNow() + TimeSpan.FromHours(1), CancellationToken.None);
        await bus.Queue.EnqueueAsync(_attempt with { Round = 1 }, due: null, CancellationToken.None);

        await using var receiver = bus.NewReceiver();
        var queued = (await receiver.PeekMessagesAsync(10)).Select(ServiceBusWebhookQueue.Read).ToList();

        Assert.Equal([0, 1], queued.Select(a => a.Round).Order());
        Assert.Single(queued.Select(a => a.Key).Distinct());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_message_that_asks_for_no_attempt_is_dead_lettered(string body)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(BinaryData.FromString(body), messageId: "1");
        var actions = new Mock<ServiceBusMessageActions>(MockBehavior.Strict);
        actions.Setup(a => a.DeadLetterMessageAsync(
            message, null, AttemptWebhookDelivery.Unreadable, It.Is<string>(d => d.Length > 0), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        var function = new AttemptWebhookDelivery(
            new IdempotentConsumer(new InMemoryInbox(new InboxOptions(), _clock), NullLogger<IdempotentConsumer>.Instance),
            new WebhookWorld().Attempts,
            _clock,
            NullLogger<AttemptWebhookDelivery>.Instance);

        await function.RunAsync(message, actions.Object, CancellationToken.None);

        actions.VerifyAll();
    }

    /// <summary>The declared queue on a broker of the test's own.</summary>
    private sealed class QueueBus : IAsyncDisposable
    {
        private readonly ServiceBusBroker _broker;
        private readonly ServiceBusClient _client;

        public QueueBus(TimeProvider clock)
        {
            _broker = new ServiceBusBroker(MessagingTopology.Load(Path.Combine(SourceTree.Root, "infra", "messaging.json")), clock);
            _client = _broker.CreateClient();
            Queue = new ServiceBusWebhookQueue(_client);
        }

        public ServiceBusWebhookQueue Queue { get; }

        public ServiceBusReceiver NewReceiver() => _client.CreateReceiver(ServiceBusWebhookQueue.Name);

        public async ValueTask DisposeAsync()
        {
            await Queue.DisposeAsync();
            await _client.DisposeAsync();
            await _broker.DisposeAsync();
        }
    }
}
