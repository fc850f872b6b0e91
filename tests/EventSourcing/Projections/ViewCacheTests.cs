using EventFunctions.EventSourcing.Tests.Sample;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Projections;

/// <summary>Which views a handler keeps, what they spare, and what it does when a kept one is not the stored one any more.</summary>
public sealed class ViewCacheTests
{
    private readonly InMemoryEventStore _events = new(Serializer);
    private readonly ObservedViewStore _views = new();
    private readonly StreamName _stream = NewStream();

    [Fact]
    public async Task Events_in_order_are_a_save_each_and_no_find()
    {
        var handler = Handler();
        foreach (var envelope in await AppendAsync(_stream, 4))
        {
            Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(envelope));
            Assert.Equal((0, 1), _views.TakeCounts());
        }

        await ShowsAsync(_stream, 4);
    }

    [Fact]
    public async Task An_event_seen_before_is_told_by_the_store_and_not_by_the_kept_view()
    {
        var handler = Handler();
        var events = await HandledAsync(handler, _stream, 2);
        _views.Inner = new InMemoryViewStore();

        // The views are gone, as before a rebuild: what the handler wrote once is no reason to leave an event out.
        Assert.Equal(ProjectionOutcome.Healed, await handler.HandleAsync(events[1]));

        await ShowsAsync(_stream, 2);
    }

    [Fact]
    public async Task A_view_that_is_gone_is_built_again_when_the_next_event_comes()
    {
        var handler = Handler();
        var events = await AppendAsync(_stream, 3);
        await handler.HandleAsync(events[0]);
        await handler.HandleAsync(events[1]);
        _views.Inner = new InMemoryViewStore();
        _views.TakeCounts();

        Assert.Equal(ProjectionOutcome.Healed, await handler.HandleAsync(events[2]));

        Assert.Equal((1, 2), _views.TakeCounts());
        await ShowsAsync(_stream, 3);
    }

    [Fact]
    public async Task A_kept_view_that_another_handler_replaced_is_dropped_and_read_afresh()
    {
        var handler = Handler();
        var other = Handler();
        var events = await AppendAsync(_stream, 3);
        await handler.HandleAsync(events[0]);
        await other.HandleAsync(events[1]);
        _views.TakeCounts();

        Assert.Equal(ProjectionOutcome.Ignored, await handler.HandleAsync(events[1]));
        Assert.Equal((1, 1), _views.TakeCounts());

        Assert.Equal(ProjectionOutcome.Ignored, await handler.HandleAsync(events[1]));
        Assert.Equal((1, 0), _views.TakeCounts());

        Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(events[2]));
        await ShowsAsync(_stream, 3);
    }

    [Fact]
    public async Task A_view_that_others_moved_further_costs_no_write_in_vain()
    {
        var handler = Handler();
        var other = Handler();
        var events = await AppendAsync(_stream, 4);
        await handler.HandleAsync(events[0]);
        await other.HandleAsync(events[1]);
        await other.HandleAsync(events[2]);
        _views.TakeCounts();

        Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(events[3]));

        Assert.Equal((1, 1), _views.TakeCounts());
        await ShowsAsync(_stream, 4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_save_that_failed_is_found_out_when_the_event_comes_again(bool isWritten)
    {
        var handler = Handler();
        var events = await AppendAsync(_stream, 3);
        await handler.HandleAsync(events[0]);
        _views.BeforeSave = () => isWritten ? Task.CompletedTask : throw new StoreUnavailableException("away");
        _views.AfterSave = () => throw new StoreUnavailableException("no answer");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => handler.HandleAsync(events[1]));
        _views.BeforeSave = _views.AfterSave = () => Task.CompletedTask;
        _views.TakeCounts();

        Assert.Equal(isWritten ? ProjectionOutcome.Ignored : ProjectionOutcome.Applied, await handler.HandleAsync(events[1]));

        Assert.Equal((1, isWritten ? 0 : 1), _views.TakeCounts());
        Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(events[2]));
        await ShowsAsync(_stream, 3);
    }

    [Fact]
    public async Task A_first_event_that_comes_again_creates_nothing_and_is_ignored()
    {
        var handler = Handler();
        var events = await HandledAsync(handler, _stream, 2);

        Assert.Equal(ProjectionOutcome.Ignored, await handler.HandleAsync(events[0]));

        Assert.Equal((1, 1), _views.TakeCounts());
        await ShowsAsync(_stream, 2);
    }

    [Fact]
    public async Task The_view_that_was_written_longest_ago_gives_way()
    {
        var handler = Handler(viewCacheSize: 1);
        var other = NewStream();
        var events = await AppendAsync(_stream, 2);
        var others = await AppendAsync(other, 3);
        await handler.HandleAsync(events[0]);
        await handler.HandleAsync(others[0]);
        await handler.HandleAsync(others[1]);
        Assert.Equal((0, 3), _views.TakeCounts());

        await handler.HandleAsync(events[1]);
        Assert.Equal((1, 1), _views.TakeCounts());

        await handler.HandleAsync(others[2]);
        Assert.Equal((1, 1), _views.TakeCounts());
        await ShowsAsync(_stream, 2);
        await ShowsAsync(other, 3);
    }

    [Fact]
    public void A_negative_size_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Handler(viewCacheSize: -1));

    private ProjectionHandler<WalletView> Handler(int viewCacheSize = ProjectionHandler<WalletView>.DefaultViewCacheSize) =>
        new(new WalletProjection(), _views, _events, viewCacheSize);

    private async Task<IReadOnlyList<EventEnvelope>> AppendAsync(StreamName stream, int count)
    {
        var events = Enumerable.Range(1, count).Select(v => Envelope(stream, v, new WalletEvent.Added(v))).ToList();
        await _events.AppendAsync(new StreamAppend(stream, StreamHead.Absent, events, null, []));
        return events;
    }

    private async Task<IReadOnlyList<EventEnvelope>> HandledAsync(ProjectionHandler<WalletView> handler, StreamName stream, int count)
    {
        var events = await AppendAsync(stream, count);
        foreach (var envelope in events)
        {
            await handler.HandleAsync(envelope);
        }

        _views.TakeCounts();
        return events;
    }

    private async Task ShowsAsync(StreamName stream, int version)
    {
        var found = (await _views.FindAsync<WalletView>(new ViewKey("wallets", stream.Id)))!.Current;
        Assert.Equal(version, found.Version);
        Assert.Equal(
            new WalletView(stream.Id, version * (version + 1) / 2, [.. Enumerable.Range(1, version).Select(v => (long)v)]), found.View);
        _views.TakeCounts();
    }
}
