using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using EventFunctions.Telemetry;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using static EventFunctions.Tests.Publishing.EventSamples;

namespace EventFunctions.Tests.Telemetry;

public sealed class MetricsTests : IDisposable
{
    private readonly RecordedMetrics _metrics = new();

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task Events_that_are_committed_are_counted_and_so_is_an_append_that_lost_a_race()
    {
        var store = new MeteredEventStore(new InMemoryEventStore(Serializer), new StoreMetrics(_metrics));
        var stream = Order.StreamOf(SampleOrder);
        var append = new StreamAppend(stream, StreamHead.Absent, [Confirmed(1), Confirmed(2)], snapshot: null, commands: []);

        Assert.IsType<AppendResult.Appended>(await store.AppendAsync(append));
        Assert.IsType<AppendResult.Conflict>(await store.AppendAsync(append));

        Assert.Equal([(2, "category=ordering")], _metrics.Of("eventfunctions.events.appended"));
        Assert.Equal([(1, "category=ordering")], _metrics.Of("eventfunctions.append.conflicts"));
        Assert.Equal(2, (await store.LoadHeadAsync(stream)).Version);
        Assert.Equal(2, await store.ReadAsync(stream, 1).CountAsync());
    }

    [Fact]
    public async Task Every_event_of_a_batch_is_counted_as_published_or_parked_and_the_lag_is_that_from_its_own_time()
    {
        var clock = new ManualTimeProvider();
        var events = new[] { Confirmed(1), Confirmed(2), Confirmed(3) };
        var publisher = new Mock<IEventPublisher>();
        publisher.Setup(p => p.PublishAsync("ordering-events", It.IsAny<IReadOnlyList<ServiceBusMessage>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((string _, IReadOnlyList<ServiceBusMessage> m, CancellationToken _) => [new OversizedMessage(m[1], 262144)]);

        await Relay(publisher.Object, clock).RelayAsync(
            [.. events.Select(Document), Json("""{"id":"0000000004","stream":"ordering-1","kind":"event"}""")], CancellationToken.None);

        Assert.Equal([(1, "topic=ordering-events"), (1, "topic=ordering-events")], _metrics.Of("eventfunctions.events.published"));
        Assert.Equal(["code=too-large", "code=unreadable"], _metrics.Of("eventfunctions.events.parked").Select(m => m.Tags).Order());
        Assert.Equal(
            [Math.Max(0, (clock.GetUtcNow() - events[0].Time).TotalSeconds), Math.Max(0, (clock.GetUtcNow() - events[2].Time).TotalSeconds)],
            _metrics.Of("eventfunctions.relay.lag").Select(m => m.Value));
        Assert.Empty(_metrics.Of("eventfunctions.relay.failures"));
    }

    [Fact]
    public async Task A_batch_that_the_broker_does_not_take_is_counted_as_failed_and_nothing_of_it_as_published()
    {
        var publisher = new Mock<IEventPublisher>();
        publisher.Setup(p => p.PublishAsync(It.IsAny<string>(), It.IsAny<IReadOnlyList<ServiceBusMessage>>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new ServiceBusException("The broker is away.", ServiceBusFailureReason.ServiceCommunicationProblem));
        var relay = Relay(publisher.Object, new ManualTimeProvider());

        await Assert.ThrowsAsync<ServiceBusException>(() => relay.RelayAsync([Document(Confirmed())], CancellationToken.None));

        Assert.Equal([(1, "error.type=Azure.Messaging.ServiceBus.ServiceBusException")], _metrics.Of("eventfunctions.relay.failures"));
        Assert.Empty(_metrics.Of("eventfunctions.events.published"));
    }

    private ChangeRelay Relay(IEventPublisher publisher, TimeProvider clock) => new(
        new EventMessageMapper(Serializer), publisher, Mock.Of<IParkedEvents>(), new RelayTelemetry(_metrics), clock, NullLogger<ChangeRelay>.Instance);
}
