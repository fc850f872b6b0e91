using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Tests.Support;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Rebuild;

public sealed class LiveGenerationsTests
{
    private static readonly StreamName Stream = NewStream();
    private static readonly ViewKey Key = new("wallets", Stream.Id);

    private readonly ManualTimeProvider _clock = new();
    private readonly ObservedViewStore _views = new();
    private readonly InMemoryEventStore _events = new(Serializer);
    private readonly GenerationRegister _register;
    private readonly LiveProjections _live;

    public LiveGenerationsTests()
    {
        _register = new GenerationRegister(_views, _clock);
        var definition = new StreamProjectionDefinition<WalletView>(new WalletProjection(), Wallet.Category, _events);
        _live = new LiveProjections(
            new ProjectionSet([definition]),
            _views,
            new ProjectionSupervision(new InMemoryStalledStreams(), new ProjectionActivity(_clock), _clock),
            new GenerationDirectory(_register, _clock, TimeSpan.FromSeconds(1)),
            _register,
            _clock);
    }

    [Fact]
    public async Task Without_a_rebuild_an_event_is_one_write_and_once_a_second_one_read_of_the_generations()
    {
        var events = await AppendAsync(10);
        await _live.HandleAsync("wallet", events[0]);
        Assert.Equal((1, 1), _views.TakeCounts());

        foreach (var envelope in events[1..9])
        {
            await _live.HandleAsync("wallet", envelope);
        }

        Assert.Equal((0, 8), _views.TakeCounts());
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _live.HandleAsync("wallet", events[9]);
        Assert.Equal((1, 1), _views.TakeCounts());
    }

    [Fact]
    public async Task Every_generation_takes_every_event_while_it_exists()
    {
        var events = await AppendAsync(8);
        await HandleAsync(events[..2]);
        await _register.ChangeAsync("wallet", g => g.Begin(2));
        await HandleAsync(events[2..4]);
        Assert.Equal((4L, 4L), (await VersionAsync(1), await VersionAsync(2)));
        await _register.ChangeAsync("wallet", g => g.Switch(2));
        await HandleAsync(events[4..6]);
        Assert.Equal((6L, 6L), (await VersionAsync(1), await VersionAsync(2)));
        await _register.ChangeAsync("wallet", g => g.Finish(2));
        await HandleAsync(events[6..]);
        Assert.Equal((6L, 8L), (await VersionAsync(1), await VersionAsync(2)));
    }

    [Fact]
    public async Task A_follower_that_fails_is_written_down_and_the_event_counts_as_handled()
    {
        var events = await AppendAsync(2);
        await _register.ChangeAsync("wallet", g => g.Begin(2));
        Break(generation: 2);

        Assert.Equal(ProjectionOutcome.Applied, await _live.HandleAsync("wallet", events[0]));

        var failure = Assert.Single((await _register.LoadAsync("wallet")).Failures);
        Assert.Equal((2, Stream.Value, 1L, _clock.GetUtcNow()), (failure.Generation, failure.Stream, failure.Version, failure.Time));
        Assert.Equal((1L, (long?)null), (await VersionAsync(1), await VersionAsync(2)));
    }

    [Fact]
    public async Task A_follower_takes_the_event_also_where_the_serving_generation_fails()
    {
        var events = await AppendAsync(1);
        await _register.ChangeAsync("wallet", g => g.Begin(2));
        Break(generation: 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _live.HandleAsync("wallet", events[0]));

        Assert.Equal(((long?)null, 1L), (await VersionAsync(1), await VersionAsync(2)));
    }

    [Fact]
    public async Task A_failure_that_cannot_be_written_down_brings_the_event_back()
    {
        var events = await AppendAsync(1);
        await _register.ChangeAsync("wallet", g => g.Begin(2));
        await HandleAsync([]);
        var saves = 0;
        _views.BeforeSave = () => ++saves > 1 ? throw new StoreUnavailableException("away") : Task.CompletedTask;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => _live.HandleAsync("wallet", events[0]));

        _views.BeforeSave = () => Task.CompletedTask;
        Assert.Equal(ProjectionOutcome.Ignored, await _live.HandleAsync("wallet", events[0]));
        Assert.Equal((1L, 1L), (await VersionAsync(1), await VersionAsync(2)));
    }

    [Fact]
    public async Task An_unknown_projection_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await _live.HandleAsync("nothing", (await AppendAsync(1))[0]));

    private async Task HandleAsync(IEnumerable<EventEnvelope> events)
    {
        // So that the generations are asked for again.
        _clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var envelope in events)
        {
            await _live.HandleAsync("wallet", envelope);
        }
    }

    /// <summary>One generation keeps no views any more.</summary>
    private void Break(int generation) => _views.Refuses = key => key == GenerationViewStore.KeyOf(Key, generation);

    private async Task<long?> VersionAsync(int generation) =>
        (await new GenerationViewStore(_views.Inner, generation).FindAsync<WalletView>(Key))?.Current.Version;

    private async Task<EventEnvelope[]> AppendAsync(int count)
    {
        var events = Enumerable.Range(1, count).Select(i => Envelope(Stream, i, new WalletEvent.Added(i))).ToArray();
        await _events.AppendAsync(new StreamAppend(Stream, StreamHead.Absent, events, null, []));
        return events;
    }
}
