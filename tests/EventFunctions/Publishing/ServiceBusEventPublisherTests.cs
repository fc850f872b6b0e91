using Azure.Messaging.ServiceBus;
using EventFunctions.Publishing;
using Moq;

namespace EventFunctions.Tests.Publishing;

public sealed class ServiceBusEventPublisherTests
{
    private readonly Mock<ServiceBusClient> _client = new();
    private readonly Mock<ServiceBusSender> _sender = new();
    private readonly List<List<string>> _batches = [];
    private readonly Dictionary<ServiceBusMessageBatch, List<ServiceBusMessage>> _contents = [];

    [Fact]
    public async Task Messages_are_sent_in_order_in_batches_as_large_as_the_topic_takes()
    {
        Topic(capacity: 3, largest: 10);

        var oversized = await new ServiceBusEventPublisher(_client.Object).PublishAsync("topic", Messages(1, 1, 1, 1, 1, 1, 1), CancellationToken.None);

        Assert.Empty(oversized);
        Assert.Equal([["0", "1", "2"], ["3", "4", "5"], ["6"]], _batches);
    }

    [Fact]
    public async Task A_message_too_large_even_alone_is_reported_and_the_others_are_sent_in_order()
    {
        Topic(capacity: 10, largest: 5);

        var oversized = await new ServiceBusEventPublisher(_client.Object).PublishAsync("topic", Messages(1, 9, 1), CancellationToken.None);

        Assert.Equal("1", Assert.Single(oversized).Message.MessageId);
        Assert.Equal([["0"], ["2"]], _batches);
    }

    [Fact]
    public async Task One_sender_per_topic_is_kept_and_disposed_in_the_end()
    {
        Topic(capacity: 10, largest: 10);
        var publisher = new ServiceBusEventPublisher(_client.Object);

        await publisher.PublishAsync("topic", Messages(1), CancellationToken.None);
        await publisher.PublishAsync("topic", Messages(1), CancellationToken.None);
        await publisher.DisposeAsync();

        _client.Verify(c => c.CreateSender("topic"), Times.Once);
        _sender.Verify(s => s.DisposeAsync(), Times.Once);
    }

    [Fact]
    public async Task A_broker_failure_is_thrown_with_nothing_reported_as_sent()
    {
        Topic(capacity: 10, largest: 10);
        _sender.Setup(s => s.SendMessagesAsync(It.IsAny<ServiceBusMessageBatch>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new ServiceBusException("busy", ServiceBusFailureReason.ServiceBusy));

        await Assert.ThrowsAsync<ServiceBusException>(
            () => new ServiceBusEventPublisher(_client.Object).PublishAsync("topic", Messages(1), CancellationToken.None));
    }

    private static List<ServiceBusMessage> Messages(params int[] sizes) =>
        [.. sizes.Select((size, i) => new ServiceBusMessage(new byte[size]) { MessageId = i.ToString() })];

    private void Topic(int capacity, int largest)
    {
        _client.Setup(c => c.CreateSender("topic")).Returns(_sender.Object);
        _sender.Setup(s => s.CreateMessageBatchAsync(It.IsAny<CancellationToken>())).Returns(() =>
        {
            var store = new List<ServiceBusMessage>();
            var batch = ServiceBusModelFactory.ServiceBusMessageBatch(
                largest, store, tryAddCallback: m => store.Count < capacity && m.Body.ToMemory().Length <= largest);
            _contents.Add(batch, store);
            return ValueTask.FromResult(batch);
        });
        _sender.Setup(s => s.SendMessagesAsync(It.IsAny<ServiceBusMessageBatch>(), It.IsAny<CancellationToken>()))
            .Callback((ServiceBusMessageBatch batch, CancellationToken _) => _batches.Add([.. _contents[batch].Select(m => m.MessageId)]))
            .Returns(Task.CompletedTask);
    }
}
