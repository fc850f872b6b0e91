using EventFunctions.EventSourcing.Tests.Sample;
using Moq;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Projections.Stalls;

public sealed class StallTests
{
    private readonly StallWorld _world = new();
    private readonly StreamName _stream = NewStream();

    [Fact]
    public async Task A_poison_event_stops_its_own_stream_and_no_other()
    {
        var streams = Enumerable.Range(0, 26).Select(_ => NewStream()).ToList();
        var events = new List<EventEnvelope>();
        foreach (var stream in streams)
        {
            events.AddRange(await _world.AppendAsync(stream, 5));
        }

        _world.Projection.IsPoison = e => e.Stream == streams[0] && e.Version == 3;
        var outcomes = new List<ProjectionOutcome>();
        foreach (var envelope in events.OrderBy(e => e.Version))
        {
            outcomes.Add(await _world.DeliverAsync(envelope));
        }

        Assert.Equal((127, 3), (outcomes.Count(o => o == ProjectionOutcome.Applied), outcomes.Count(o => o == ProjectionOutcome.Stalled)));
        Assert.Equal([1, 2], await _world.FedAsync(streams[0]));
        foreach (var stream in streams.Skip(1))
        {
            Assert.Equal([1, 2, 3, 4, 5], await _world.FedAsync(stream));
        }

        var stall = Assert.Single((await _world.Stalled.ListAsync(StallWorld.Name, 10)).Streams);
        var poison = events.Single(e => e.Stream == streams[0] && e.Version == 3);
        Assert.Equal((streams[0], StalledEvent.Of(poison), "No rule for event 3.", 3), (stall.Stream, stall.Event, stall.Error, stall.Attempts));
    }

    [Fact]
    public async Task A_gap_with_a_poison_event_in_it_is_healed_up_to_that_event()
    {
        var events = await _world.AppendAsync(_stream, 6);
        _world.Projection.IsPoison = e => e.Version == 4;

        Assert.Equal(ProjectionOutcome.Stalled, await _world.DeliverAsync(events[5]));

        var view = (await _world.ViewAsync(_stream))!;
        Assert.Equal(new VersionedView<WalletView>(new WalletView(_stream.Id, 6, [1, 2, 3]), 3, events[0].Time, events[2].Time), view);
        Assert.Equal(4, (await _world.Stalled.FindAsync(StallWorld.Name, _stream))!.Event.Version);
    }

    [Fact]
    public async Task A_poison_event_that_was_applied_before_the_code_changed_is_only_seen_again()
    {
        var events = await _world.AppendAsync(_stream, 3);
        await _world.DeliverAsync(events[0]);
        await _world.DeliverAsync(events[1]);
        _world.Projection.IsPoison = e => e.Version <= 2;

        Assert.Equal(ProjectionOutcome.Ignored, await _world.DeliverAsync(events[0]));
        Assert.Equal(ProjectionOutcome.Ignored, await _world.DeliverAsync(events[1]));
        Assert.Equal(ProjectionOutcome.Applied, await _world.DeliverAsync(events[2]));

        Assert.Equal(0, await _world.Stalled.CountAsync(StallWorld.Name));
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData("unreadable")]
    [InlineData("corrupted")]
    [InlineData("truncated")]
    public async Task An_event_that_cannot_be_read_from_the_store_stalls_its_stream_too(string kind)
    {
        var events = await _world.AppendAsync(_stream, 4);
        Exception failure = kind switch
        {
            "unknown" => new UnknownEventTypeException("money-burnt", 7),
            "unreadable" => new EventFormatException("The data is not an event."),
            "truncated" => new StreamTruncatedException(_stream, 3, 4),
            _ => new StreamCorruptedException(_stream, 3, "the event is missing."),
        };
        _world.Store.Break = e => e.Version == 3 ? failure : null;

        Assert.Equal(ProjectionOutcome.Stalled, await _world.DeliverAsync(events[3]));

        var stall = (await _world.Stalled.FindAsync(StallWorld.Name, _stream))!;
        Assert.Equal((new StalledEvent(3, kind == "unknown" ? "money-burnt" : null, null), failure.Message), (stall.Event, stall.Error));
        Assert.Equal([1, 2], await _world.FedAsync(_stream));
    }

    [Fact]
    public async Task An_event_whose_view_cannot_be_named_stalls_its_stream()
    {
        var projection = new Mock<IProjection<WalletView>>();
        projection.Setup(p => p.KeyOf(It.IsAny<EventEnvelope>())).Throws(new InvalidCastException("A foreign event."));
        var handler = new StallingHandler(
            StallWorld.Name, new ProjectionHandler<WalletView>(projection.Object, _world.Views, _world.Store), _world.Stalled, _world.Clock);

        Assert.Equal(ProjectionOutcome.Stalled, await handler.HandleAsync((await _world.AppendAsync(_stream, 1))[0]));

        Assert.Equal("A foreign event.", (await _world.Stalled.FindAsync(StallWorld.Name, _stream))!.Error);
    }

    [Fact]
    public async Task A_view_that_the_store_refuses_for_good_stalls_its_stream()
    {
        var events = await _world.AppendAsync(_stream, 3);
        await _world.DeliverAsync(events[0]);
        _world.Views.BeforeSave = () => throw new ViewRefusedException("The view is too large.");

        Assert.Equal(ProjectionOutcome.Stalled, await _world.DeliverAsync(events[1]));

        var stall = (await _world.Stalled.FindAsync(StallWorld.Name, _stream))!;
        Assert.Equal((StalledEvent.Of(events[1]), "The view is too large."), (stall.Event, stall.Error));
        _world.Views.BeforeSave = () => Task.CompletedTask;
        Assert.Equal(new RetryResult.CaughtUp(3, 2), await _world.Retry.RetryAsync(StallWorld.Name, _stream));
        Assert.Equal([1, 2, 3], await _world.FedAsync(_stream));
    }

    [Fact]
    public async Task A_mended_stream_is_healed_by_its_next_event_and_no_longer_counts_as_stalled()
    {
        var events = await _world.AppendAsync(_stream, 4);
        _world.Projection.IsPoison = e => e.Version == 2;
        await _world.DeliverAsync(events[1]);
        await _world.DeliverAsync(events[2]);
        _world.Projection.IsPoison = _ => false;

        Assert.Equal(ProjectionOutcome.Healed, await _world.DeliverAsync(events[3]));

        Assert.Equal([1, 2, 3, 4], await _world.FedAsync(_stream));
        Assert.Equal(0, await _world.Stalled.CountAsync(StallWorld.Name));
    }

    [Fact]
    public async Task What_is_not_the_events_fault_is_thrown_and_stalls_nothing()
    {
        var events = await _world.AppendAsync(_stream, 2);
        Exception[] failures = [new StoreUnavailableException("away"), new ProjectionContendedException("wallet", _stream, 1, 5), new TimeoutException("slow")];
        foreach (var failure in failures)
        {
            _world.Views.BeforeSave = () => throw failure;
            Assert.Same(failure, await Record.ExceptionAsync(() => _world.DeliverAsync(events[0])));
        }

        _world.Store.Break = _ => failures[0];
        Assert.Same(failures[0], await Record.ExceptionAsync(() => _world.DeliverAsync(events[1])));
        Assert.Equal(0, await _world.Stalled.CountAsync(StallWorld.Name));
    }

    [Fact]
    public async Task An_event_whose_predecessors_the_store_does_not_have_yet_is_to_be_handed_in_again()
    {
        await _world.AppendAsync(_stream, 1);

        await Assert.ThrowsAsync<StreamCorruptedException>(() => _world.DeliverAsync(Envelope(_stream, 4, new WalletEvent.Added(9))));

        Assert.Equal(0, await _world.Stalled.CountAsync(StallWorld.Name));
    }

    [Fact]
    public async Task A_stall_that_cannot_be_recorded_fails_the_event_so_that_it_comes_again()
    {
        var stalled = new Mock<IStalledStreams>();
        stalled.Setup(s => s.RecordAsync(It.IsAny<StalledStream>(), It.IsAny<CancellationToken>())).ThrowsAsync(new StoreUnavailableException("away"));
        _world.Projection.IsPoison = _ => true;
        var handler = new StallingHandler(
            StallWorld.Name, new ProjectionHandler<WalletView>(_world.Projection, _world.Views, _world.Store), stalled.Object, _world.Clock);
        var envelope = (await _world.AppendAsync(_stream, 1))[0];

        await Assert.ThrowsAsync<StoreUnavailableException>(() => handler.HandleAsync(envelope));
    }

    [Fact]
    public async Task An_event_that_is_simply_the_next_asks_nobody_about_stalls_and_writes_once()
    {
        var stalled = new Mock<IStalledStreams>(MockBehavior.Strict);
        var handler = new ProjectionSupervision(stalled.Object, _world.Activity, _world.Clock)
            .Supervise(StallWorld.Name, new ProjectionHandler<WalletView>(_world.Projection, _world.Views, _world.Store));
        var events = await _world.AppendAsync(_stream, 5);
        _world.Views.TakeCounts();

        foreach (var envelope in events)
        {
            Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(envelope));
        }

        Assert.Equal((0, 5), _world.Views.TakeCounts());
        stalled.VerifyNoOtherCalls();
    }
}
