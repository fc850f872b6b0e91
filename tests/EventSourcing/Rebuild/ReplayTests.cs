using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Rebuild;

public sealed class ReplayTests
{
    private readonly InMemoryEventStore _events = new(Serializer);
    private readonly ObservedViewStore _views = new();

    [Fact]
    public async Task Many_events_of_a_stream_are_one_write_and_the_next_batch_one_read_and_one_write()
    {
        var events = await AppendAsync(NewStream(), 30);
        var replay = Replay();

        Assert.Equal(1, (await replay.ApplyAsync(events[..20])).ViewsWritten);
        Assert.Equal((0, 1), _views.TakeCounts());
        Assert.Equal(1, (await replay.ApplyAsync(events[20..])).ViewsWritten);
        Assert.Equal((1, 1), _views.TakeCounts());
        await AssertShowsAsync(events[0].Stream, 30);
    }

    [Fact]
    public async Task A_batch_that_was_applied_before_writes_nothing()
    {
        var events = await AppendAsync(NewStream(), 5);
        await Replay().ApplyAsync(events);
        _views.TakeCounts();

        var again = await Replay().ApplyAsync(events[1..]);

        Assert.Equal((0, 0), (again.ViewsWritten, again.Failures.Count));
        Assert.Equal((1, 0), _views.TakeCounts());
    }

    [Fact]
    public async Task What_is_missing_before_a_batch_is_read_from_the_store()
    {
        var events = await AppendAsync(NewStream(), 9);

        await Replay().ApplyAsync([events[3], events[7]]);

        await AssertShowsAsync(events[0].Stream, 8);
    }

    [Fact]
    public async Task A_poison_event_stops_its_own_stream_at_the_event_before()
    {
        var bad = await AppendAsync(NewStream(), 3);
        var poison = Envelope(bad[0].Stream, 4, new WalletEvent.Taken(-1));
        var good = await AppendAsync(NewStream(), 3);

        var result = await Replay(new PoisonedProjection()).ApplyAsync([.. bad, poison, .. good]);

        Assert.Equal((bad[0].Stream.Value, 4L, 2), (Assert.Single(result.Failures).Stream, result.Failures[0].Version, result.ViewsWritten));
        await AssertShowsAsync(bad[0].Stream, 3);
        await AssertShowsAsync(good[0].Stream, 3);
    }

    [Fact]
    public async Task A_stream_without_its_beginning_fails_by_name_and_a_store_that_is_away_fails_the_batch()
    {
        var stream = NewStream();
        var failure = Assert.Single((await Replay().ApplyAsync([Envelope(stream, 5, new WalletEvent.Added(1))])).Failures);
        Assert.Equal((stream.Value, 1L), (failure.Stream, failure.Version));
        Assert.Contains("missing", failure.Error, StringComparison.Ordinal);

        _views.BeforeSave = () => throw new StoreUnavailableException("away");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Replay().ApplyAsync([Envelope(stream, 1, new WalletEvent.Added(1))]));
    }

    [Fact]
    public void A_view_is_the_same_however_the_events_are_cut_into_batches_and_live_handling_comes_between() =>
        Prop.ForAll<byte[]>(script => new ReplayTests().ConvergesAsync(script).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    [Fact]
    public async Task A_live_handler_and_a_replay_at_the_same_time_end_at_the_same_view()
    {
        var events = await AppendAsync(NewStream(), 60);
        var handler = new ProjectionHandler<WalletView>(new WalletProjection(), _views, _events);
        var live = Task.Run(async () =>
        {
            foreach (var envelope in events)
            {
                await handler.HandleAsync(envelope);
            }
        });
        for (var i = 0; i < events.Length; i += 5)
        {
            await Replay().ApplyAsync(events[i..(i + 5)]);
        }

        await live;
        await AssertShowsAsync(events[0].Stream, 60);
    }

    /// <summary>Each byte is a step: a batch of some length from somewhere for the replay, or one event for the live handler.</summary>
    private async Task<bool> ConvergesAsync(byte[] script)
    {
        var streams = new[] { await AppendAsync(NewStream(), 12), await AppendAsync(NewStream(), 7) };
        var handler = new ProjectionHandler<WalletView>(new WalletProjection(), _views, _events);
        foreach (var step in script)
        {
            var events = streams[step % 2];
            var start = step / 2 % events.Length;
            if (step % 3 == 0)
            {
                await handler.HandleAsync(events[start]);
            }
            else
            {
                await Replay().ApplyAsync([.. events[start..], .. streams[(step + 1) % 2][..(step % 5)]]);
            }
        }

        await Replay().ApplyAsync([.. streams[0], .. streams[1]]);
        await AssertShowsAsync(streams[0][0].Stream, 12);
        await AssertShowsAsync(streams[1][0].Stream, 7);
        return true;
    }

    private ProjectionReplay<WalletView> Replay(IProjection<WalletView>? projection = null) =>
        new(projection ?? new WalletProjection(), _views, _events);

    private async Task<EventEnvelope[]> AppendAsync(StreamName stream, int count)
    {
        var events = Enumerable.Range(1, count).Select(i => Envelope(stream, i, new WalletEvent.Added(i))).ToArray();
        await _events.AppendAsync(new StreamAppend(stream, StreamHead.Absent, events, null, []));
        return events;
    }

    private async Task AssertShowsAsync(StreamName stream, int version)
    {
        var view = (await _views.Inner.FindAsync<WalletView>(new ViewKey("wallets", stream.Id)))!.Current;
        Assert.Equal(version, view.Version);
        Assert.Equal(Enumerable.Range(1, version).Select(v => (long)v), view.View.Versions);
    }

    private sealed class PoisonedProjection : IProjection<WalletView>
    {
        private readonly WalletProjection _inner = new();

        public string Name => _inner.Name;

        public ViewKey KeyOf(EventEnvelope envelope) => _inner.KeyOf(envelope);

        public WalletView Apply(WalletView? view, EventEnvelope envelope) => envelope.Data is WalletEvent.Taken { Amount: < 0 }
            ? throw new InvalidOperationException("poison")
            : _inner.Apply(view, envelope);
    }
}
