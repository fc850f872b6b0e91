using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using EventFunctions.Telemetry;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using static EventFunctions.Tests.Publishing.EventSamples;

namespace EventFunctions.Tests.Publishing;

public sealed class ChangeRelayTests : IDisposable
{
    private readonly RecordedMetrics _metrics = new();
    private readonly Mock<IEventPublisher> _publisher = new(MockBehavior.Strict);
    private readonly Mock<IParkedEvents> _parked = new(MockBehavior.Strict);
    private readonly ManualTimeProvider _clock = new();
    private readonly List<(string Topic, string MessageId)> _sent = [];

    private ChangeRelay Relay => new(
        new EventMessageMapper(Serializer), _publisher.Object, _parked.Object, new RelayTelemetry(_metrics), _clock, NullLogger<ChangeRelay>.Instance);

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task Every_event_is_sent_once_in_the_order_of_the_feed_and_heads_are_not()
    {
        Accept();
        var events = Enumerable.Range(1, 5).Select(v => Confirmed(v)).ToList();
        var feed = events.SelectMany(e => new[] { Document(e), Json("""{"id":"head","stream":"ordering-1","kind":"head"}""") }).ToList();

        await Relay.RelayAsync(feed, CancellationToken.None);

        Assert.Equal(events.Select(e => ("ordering-events", e.EventId.ToString())), _sent);
        _parked.VerifyNoOtherCalls();
    }

    [Fact]
    public async Task Events_of_different_contexts_go_to_their_own_topics()
    {
        Accept();
        var stock = Envelope(new Domain.Inventory.LowStockAlerted(new("apple"), 1, 2), Domain.Inventory.StockItem.StreamOf(new("apple")));

        await Relay.RelayAsync([Document(Confirmed()), Document(stock)], CancellationToken.None);

        Assert.Equal(["inventory-events", "ordering-events"], _sent.Select(s => s.Topic).Order());
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_parked_with_the_reason_and_the_others_are_sent()
    {
        Accept();
        var parked = Park();

        await Relay.RelayAsync(
            [Document(Confirmed(1)), Json("""{"id":"0000000002","stream":"ordering-1","kind":"event"}"""), Document(Confirmed(3))], CancellationToken.None);

        Assert.Equal(2, _sent.Count);
        var one = Assert.Single(parked);
        Assert.Equal((new DocumentReference("ordering-1", "0000000002"), "unreadable", _clock.GetUtcNow()), (one.Source, one.Code, one.ParkedAt));
    }

    [Fact]
    public async Task An_event_that_is_too_large_is_parked_with_the_reason()
    {
        var parked = Park();
        _publisher.Setup(p => p.PublishAsync("ordering-events", It.IsAny<IReadOnlyList<ServiceBusMessage>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string _, IReadOnlyList<ServiceBusMessage> m, CancellationToken _) => [new OversizedMessage(m[1], 262144)]);

        await Relay.RelayAsync([Document(Confirmed(1)), Document(Confirmed(2))], CancellationToken.None);

        var one = Assert.Single(parked);
        Assert.Equal(("too-large", "0000000002"), (one.Code, one.Source.Id));
        Assert.Contains("262144", one.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failing_broker_fails_the_batch_so_that_it_is_tried_again()
    {
        _publisher.Setup(p => p.PublishAsync(It.IsAny<string>(), It.IsAny<IReadOnlyList<ServiceBusMessage>>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new ServiceBusException("The broker is away.", ServiceBusFailureReason.ServiceCommunicationProblem));

        await Assert.ThrowsAsync<ServiceBusException>(() => Relay.RelayAsync([Document(Confirmed())], CancellationToken.None));
    }

    [Fact]
    public async Task A_failing_park_fails_the_batch_so_that_nothing_is_skipped()
    {
        Accept();
        _parked.Setup(p => p.ParkAsync(It.IsAny<ParkedEvent>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new StoreUnavailableException("The store is away."));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Relay.RelayAsync([Json("[]")], CancellationToken.None));
    }

    private void Accept() => _publisher
        .Setup(p => p.PublishAsync(It.IsAny<string>(), It.IsAny<IReadOnlyList<ServiceBusMessage>>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync((string topic, IReadOnlyList<ServiceBusMessage> messages, CancellationToken _) =>
        {
            lock (_sent)
            {
                _sent.AddRange(messages.Select(m => (topic, m.MessageId)));
            }

            return [];
        });

    private List<ParkedEvent> Park()
    {
        var parked = new List<ParkedEvent>();
        _parked.Setup(p => p.ParkAsync(It.IsAny<ParkedEvent>(), It.IsAny<CancellationToken>()))
            .Callback((ParkedEvent e, CancellationToken _) => parked.Add(e)).Returns(Task.CompletedTask);
        return parked;
    }
}
