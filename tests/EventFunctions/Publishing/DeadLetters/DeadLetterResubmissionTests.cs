using Azure.Messaging.ServiceBus;
using EventFunctions.Local.ServiceBus;
using EventFunctions.Publishing.DeadLetters;
using EventFunctions.Tests.Delivery;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace EventFunctions.Tests.Publishing.DeadLetters;

/// <summary>Dead letters of the real broker, counted before and after.</summary>
public sealed class DeadLetterResubmissionTests
{
    private static readonly SubscriptionName Source = new("shipping-events", "RelayDeliveryToSaga");

    [Fact]
    public async Task Given_dead_letters_of_two_reasons_When_one_is_resubmitted_by_reason_Then_the_others_stay_and_none_is_lost()
    {
        await using var bus = new Bus();
        await bus.DieAsync("broken", "a", "b", "c");
        await bus.DieAsync("odd", "d", "e");

        Assert.Equal(3, await bus.Resubmission.ResubmitAsync(Source, m => m.DeadLetterReason == "broken", 100, default));

        Assert.Equal((3, 2), bus.Counts());
        var active = await bus.ReceiveAsync(3);
        Assert.Equal(["a", "b", "c"], active.Select(m => (string)m.ApplicationProperties[DeadLetterResubmission.OriginalIdProperty]).Order());
        Assert.All(active, m => Assert.Equal(("order-1", "corr", "shipment-delivered"), (m.SessionId, m.CorrelationId, m.Subject)));
        Assert.All(active, m => Assert.Null(m.DeadLetterReason));
        Assert.Equal(["d", "e"], (await bus.Queues.PeekAsync(Source, 0, 10, default)).Select(m => m.MessageId));
    }

    [Fact]
    public async Task Given_a_limit_Then_only_so_many_are_sent_the_oldest_first()
    {
        await using var bus = new Bus();
        await bus.DieAsync("broken", "a", "b", "c");

        Assert.Equal(2, await bus.Resubmission.ResubmitAsync(Source, _ => true, limit: 2, default));

        Assert.Equal((2, 1), bus.Counts());
        Assert.Equal(["c"], (await bus.Queues.PeekAsync(Source, 0, 10, default)).Select(m => m.MessageId));
    }

    [Fact]
    public async Task Given_the_process_died_after_sending_When_it_is_resubmitted_again_Then_it_is_there_once()
    {
        await using var bus = new Bus();
        await bus.DieAsync("broken", "a");
        await using var dying = new DyingReceiver(bus.Client.CreateReceiver(Source.Topic, Source.Subscription, new() { SubQueue = SubQueue.DeadLetter }));
        var client = new Mock<ServiceBusClient>();
        client.Setup(c => c.CreateReceiver(Source.Topic, Source.Subscription, It.IsAny<ServiceBusReceiverOptions>())).Returns(dying);
        var half = new DeadLetterResubmission(new DeadLetterQueues(client.Object, NullLogger<DeadLetterQueues>.Instance), bus.Client);
        await Assert.ThrowsAsync<OperationCanceledException>(() => half.ResubmitAsync(Source, _ => true, 1, default));

        Assert.Equal((1, 1), bus.Counts());
        await bus.Resubmission.ResubmitAsync(Source, _ => true, 1, default);

        Assert.Equal((1, 0), bus.Counts());
    }

    [Fact]
    public async Task Given_sending_fails_Then_the_dead_letter_is_still_there_and_not_held()
    {
        await using var bus = new Bus();
        await bus.DieAsync("broken", "a", "b");

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => bus.Queues.TakeAsync(Source, m => m.MessageId == "b", 1, (_, _) => throw new InvalidOperationException("The broker is away."), default));

        Assert.Equal((0, 2), bus.Counts());
        Assert.Equal(2, await bus.Resubmission.ResubmitAsync(Source, _ => true, 10, default));
        Assert.Equal((2, 0), bus.Counts());
    }

    [Fact]
    public async Task A_resubmitted_message_that_dies_again_can_be_resubmitted_again_and_keeps_its_first_id()
    {
        await using var bus = new Bus();
        await bus.DieAsync("broken", "a");
        await bus.Resubmission.ResubmitAsync(Source, _ => true, 1, default);
        await bus.KillAsync("broken", 1);

        Assert.Equal(1, await bus.Resubmission.ResubmitAsync(Source, _ => true, 1, default));

        var again = Assert.Single(await bus.ReceiveAsync(1));
        Assert.Equal("a", again.ApplicationProperties[DeadLetterResubmission.OriginalIdProperty]);
    }

    [Fact]
    public void The_subscriptions_are_those_that_are_declared() => Assert.Equal(
        MessagingTopology.Load(Path.Combine(SourceTree.Root, "infra", "messaging.json")).Topics
            .SelectMany(t => t.Subscriptions.Select(s => new SubscriptionName(t.Name, s.Name)))
            .OrderBy(s => s.Topic, StringComparer.Ordinal).ThenBy(s => s.Subscription, StringComparer.Ordinal),
        SubscriptionName.All.OrderBy(s => s.Topic, StringComparer.Ordinal).ThenBy(s => s.Subscription, StringComparer.Ordinal));

    /// <summary>A broker with the declared topology.</summary>
    private sealed class Bus : IAsyncDisposable
    {
        private readonly ServiceBusBroker _broker = new(
            MessagingTopology.Load(Path.Combine(SourceTree.Root, "infra", "messaging.json")), TimeProvider.System);

        public Bus()
        {
            Client = _broker.CreateClient();
            Queues = new DeadLetterQueues(Client, NullLogger<DeadLetterQueues>.Instance);
            Resubmission = new DeadLetterResubmission(Queues, Client);
        }

        public ServiceBusClient Client { get; }

        public DeadLetterQueues Queues { get; }

        public DeadLetterResubmission Resubmission { get; }

        public (int Active, int Dead) Counts()
        {
            var counts = _broker.GetCounts(Source.Topic, Source.Subscription);
            return ((int)counts.Active + (int)counts.Locked, (int)counts.DeadLetter);
        }

        public async Task DieAsync(string reason, params string[] ids)
        {
            await using var sender = Client.CreateSender(Source.Topic);
            foreach (var id in ids)
            {
                await sender.SendMessageAsync(new ServiceBusMessage("{}")
                {
                    MessageId = id,
                    SessionId = "order-1",
                    Subject = "shipment-delivered",
                    CorrelationId = "corr",
                });
            }

            await KillAsync(reason, ids.Length);
        }

        public async Task KillAsync(string reason, int count)
        {
            await using var receiver = Client.CreateReceiver(Source.Topic, Source.Subscription);
            for (var killed = 0; killed < count; killed++)
            {
                await receiver.DeadLetterMessageAsync(await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(10)), reason, "for a test");
            }
        }

        public async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveAsync(int count)
        {
            await using var receiver = Client.CreateReceiver(Source.Topic, Source.Subscription);
            return await receiver.ReceiveMessagesAsync(count, TimeSpan.FromSeconds(10));
        }

        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            await _broker.DisposeAsync();
        }
    }

    /// <summary>Receives, and is gone when it is to remove what was received.</summary>
    private sealed class DyingReceiver(ServiceBusReceiver inner) : ServiceBusReceiver
    {
        public override string EntityPath => inner.EntityPath;

        public override Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
            int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default) =>
            inner.ReceiveMessagesAsync(maxMessages, maxWaitTime, cancellationToken);

        public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
            throw new OperationCanceledException("The process is gone.");

        public override Task AbandonMessageAsync(
            ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
            inner.AbandonMessageAsync(message, propertiesToModify, cancellationToken);

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }
    }
}
