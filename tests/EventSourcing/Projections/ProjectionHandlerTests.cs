using EventFunctions.EventSourcing.Tests.Sample;
using Moq;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Projections;

public sealed class ProjectionHandlerTests
{
    private readonly ObservedEventStore _store = new(new InMemoryEventStore(Serializer));
    private readonly InMemoryViewStore _views = new();
    private readonly StreamName _stream = NewStream();

    private ProjectionHandler<WalletView> Handler => new(new WalletProjection(), _views, _store);

    [Fact]
    public async Task The_next_event_is_applied_without_reading_the_store()
    {
        var events = await AppendAsync(5, 7);

        Assert.Equal(ProjectionOutcome.Applied, await Handler.HandleAsync(events[0]));
        Assert.Equal(ProjectionOutcome.Applied, await Handler.HandleAsync(events[1]));

        Assert.Equal(
            new VersionedView<WalletView>(new WalletView(_stream.Id, 12, [1, 2]), 2, events[0].Time, events[1].Time), await ViewAsync());
        Assert.Equal(0, _store.Reads);
    }

    [Fact]
    public async Task An_event_seen_before_is_ignored()
    {
        var events = await AppendAsync(5, 7);
        await Handler.HandleAsync(events[0]);
        await Handler.HandleAsync(events[1]);

        Assert.Equal(ProjectionOutcome.Ignored, await Handler.HandleAsync(events[1]));
        Assert.Equal(ProjectionOutcome.Ignored, await Handler.HandleAsync(events[0]));

        Assert.Equal([1, 2], (await ViewAsync()).View.Versions);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_gap_is_healed_from_the_store(int alreadyApplied)
    {
        var events = await AppendAsync(1, 2, 3, 4);
        foreach (var envelope in events.Take(alreadyApplied))
        {
            await Handler.HandleAsync(envelope);
        }

        Assert.Equal(ProjectionOutcome.Healed, await Handler.HandleAsync(events[2]));

        var view = await ViewAsync();
        Assert.Equal(new WalletView(_stream.Id, 6, [1, 2, 3]), view.View);
        Assert.Equal((events[0].Time, events[2].Time), (view.Since, view.AsOf));
        Assert.Equal(1, _store.Reads);
    }

    [Fact]
    public async Task An_event_whose_predecessors_are_nowhere_is_a_corruption_and_leaves_the_view()
    {
        var events = await AppendAsync(1);
        await Handler.HandleAsync(events[0]);
        var far = Envelope(_stream, 4, new WalletEvent.Added(9));

        var exception = await Assert.ThrowsAsync<StreamCorruptedException>(() => Handler.HandleAsync(far));

        Assert.Equal((_stream, 2), (exception.Stream, exception.Version));
        Assert.Equal([1], (await ViewAsync()).View.Versions);
    }

    [Fact]
    public async Task A_lost_race_starts_over_from_the_winners_view()
    {
        var events = await AppendAsync(5, 7);
        var races = 0;
        var views = RacingViews(async () =>
        {
            if (races++ == 0)
            {
                await Handler.HandleAsync(events[0]);
            }
        });

        var outcome = await new ProjectionHandler<WalletView>(new WalletProjection(), views, _store).HandleAsync(events[1]);

        Assert.Equal(ProjectionOutcome.Applied, outcome);
        Assert.Equal([1, 2], (await ViewAsync()).View.Versions);
        Assert.Equal(2, races);
    }

    [Fact]
    public async Task A_race_lost_again_and_again_asks_for_redelivery()
    {
        var events = await AppendAsync(5);
        var views = new Mock<IViewStore>();

        var exception = await Assert.ThrowsAsync<ProjectionContendedException>(
            () => new ProjectionHandler<WalletView>(new WalletProjection(), views.Object, _store).HandleAsync(events[0]));

        Assert.Contains($"'wallet' of '{_stream}'", exception.Message, StringComparison.Ordinal);

        // One before anything is read, because nothing is there before the first event.
        views.Verify(
            v => v.SaveAsync(
                It.IsAny<ViewKey>(), "wallet", It.IsAny<VersionedView<WalletView>>(), null, It.IsAny<CancellationToken>()),
            Times.Exactly(1 + ProjectionHandler<WalletView>.MaxAttempts));
    }

    [Fact]
    public async Task A_view_that_cannot_be_saved_fails_the_event()
    {
        var events = await AppendAsync(5);
        var views = RacingViews(() => throw new StoreUnavailableException("away"));

        await Assert.ThrowsAsync<StoreUnavailableException>(
            () => new ProjectionHandler<WalletView>(new WalletProjection(), views, _store).HandleAsync(events[0]));
    }

    private IViewStore RacingViews(Func<Task> beforeSave)
    {
        var views = new Mock<IViewStore>();
        views.Setup(v => v.FindAsync<WalletView>(It.IsAny<ViewKey>(), It.IsAny<CancellationToken>()))
            .Returns((ViewKey key, CancellationToken token) => _views.FindAsync<WalletView>(key, token));
        views.Setup(v => v.SaveAsync(
                It.IsAny<ViewKey>(), It.IsAny<string>(), It.IsAny<VersionedView<WalletView>>(), It.IsAny<string?>(), It.IsAny<CancellationToken>()))
            .Returns(async (ViewKey key, string kind, VersionedView<WalletView> view, string? etag, CancellationToken token) =>
            {
                await beforeSave();
                return await _views.SaveAsync(key, kind, view, etag, token);
            });
        return views.Object;
    }

    private async Task<IReadOnlyList<EventEnvelope>> AppendAsync(params int[] amounts)
    {
        var events = amounts.Select((a, i) => Envelope(_stream, i + 1, new WalletEvent.Added(a))).ToList();
        await _store.AppendAsync(new StreamAppend(_stream, StreamHead.Absent, events, null, []));
        return events;
    }

    private async Task<VersionedView<WalletView>> ViewAsync() =>
        (await _views.FindAsync<WalletView>(new ViewKey("wallets", _stream.Id)))!.Current;
}
