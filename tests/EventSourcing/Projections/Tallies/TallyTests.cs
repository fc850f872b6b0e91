using EventFunctions.EventSourcing.Testing;
using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Projections.Tallies;

public sealed class TallyTests
{
    private const int Streams = 3;
    private const int EventsOfEach = 9;

    private static readonly string[] Places =
        ["all/everything", "all/by-three-0", "all/by-three-1", "all/by-three-2", "half-0/here", "half-1/here"];

    [Fact]
    public async Task Every_stream_counts_where_its_newest_event_puts_it()
    {
        var world = new InMemoryWorld(Registry);
        var handler = Open(world, world.Views);
        foreach (var envelope in (await HistoryAsync(world)).SelectMany(s => s.Take(2)))
        {
            Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(envelope));
        }

        Assert.Equal(
            ["3 wallets with 9", "0 wallets with 0", "3 wallets with 9", "3 wallets with 9", "0 wallets with 0"],
            [
                await ShownAsync(world.Views, "all/everything"), await ShownAsync(world.Views, "all/by-three-1"), await ShownAsync(world.Views, "all/by-three-2"),
                await ShownAsync(world.Views, "half-0/here"), await ShownAsync(world.Views, "half-1/here"),
            ]);
    }

    [Fact]
    public async Task An_event_that_was_counted_is_ignored_and_missing_ones_are_read_from_the_store()
    {
        var world = new InMemoryWorld(Registry);
        var handler = Open(world, world.Views);
        var history = (await HistoryAsync(world))[0];

        Assert.Equal(ProjectionOutcome.Healed, await handler.HandleAsync(history[6]));
        Assert.Equal(ProjectionOutcome.Ignored, await handler.HandleAsync(history[6]));
        Assert.Equal(ProjectionOutcome.Ignored, await handler.HandleAsync(history[2]));

        Assert.Equal("1 wallets with 28", await ShownAsync(world.Views, "all/everything"));
    }

    [Fact]
    public void However_the_events_arrive_and_whatever_fails_nothing_is_counted_twice_or_lost() =>
        Prop.ForAll<byte[], int>((d, seed) => DeliverAsync(d, seed).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    /// <summary>Each byte delivers one of the events to one of two handlers, whose store fails now and then before or after a write.</summary>
    private static async Task<bool> DeliverAsync(byte[] deliveries, int seed)
    {
        var world = new InMemoryWorld(Registry);
        var history = await HistoryAsync(world);
        var chance = new Random(seed);
        var gate = new Lock();
        var views = new ObservedViewStore { Inner = world.Views, BeforeSave = FailAsync, AfterSave = FailAsync };
        IEventHandler[] handlers = [Open(world, views), Open(world, views)];
        var messages = deliveries.Select((b, i) => (Event: history[b % Streams][b / Streams % EventsOfEach], Handler: handlers[i % 2])).ToList();
        await Task.WhenAll(messages.Select(m => Task.Run(() => RedeliverUntilHandledAsync(m.Handler, m.Event))));

        // What the newest events say, counted one after the other in a store where nothing fails.
        var newest = messages.GroupBy(m => m.Event.Stream).ToDictionary(g => g.Key, g => g.Max(m => m.Event.Version));
        var expected = new InMemoryViewStore();
        var orderly = Open(world, expected);
        foreach (var envelope in history.SelectMany(s => s).Where(e => e.Version <= newest.GetValueOrDefault(e.Stream)))
        {
            await orderly.HandleAsync(envelope);
        }

        foreach (var place in Places)
        {
            if (await StoredAsync(world.Views, place) != await StoredAsync(expected, place))
            {
                return false;
            }
        }

        return true;

        Task FailAsync()
        {
            lock (gate)
            {
                return chance.Next(8) == 0 ? throw new StoreUnavailableException("away") : Task.CompletedTask;
            }
        }
    }

    private static async Task RedeliverUntilHandledAsync(IEventHandler handler, EventEnvelope message)
    {
        while (true)
        {
            try
            {
                await handler.HandleAsync(message);
                return;
            }
            catch (Exception exception) when (exception is ProjectionContendedException or StoreUnavailableException)
            {
                // What a broker does with it: the same message again.
            }
        }
    }

    private static IEventHandler Open(InMemoryWorld world, IViewStore views) =>
        new TallyProjectionDefinition<WalletView, WalletTally>(new WanderingTally(), Wallet.Category, world.Events).Open(views);

    private static async Task<List<IReadOnlyList<EventEnvelope>>> HistoryAsync(InMemoryWorld world)
    {
        var history = new List<IReadOnlyList<EventEnvelope>>();
        for (var i = 0; i < Streams; i++)
        {
            history.Add([.. await world.GivenAsync(NewStream(), Enumerable.Range(1, EventsOfEach).Select(v => new WalletEvent.Added(v)))]);
        }

        return history;
    }

    private static async Task<string> ShownAsync(IViewStore views, string place) =>
        (await StoredAsync(views, place))?.View is { } tally ? $"{tally.Wallets} wallets with {tally.Balance}" : "0 wallets with 0";

    private static async Task<VersionedView<WalletTally>?> StoredAsync(IViewStore views, string place)
    {
        var (partition, id) = (place[..place.IndexOf('/', StringComparison.Ordinal)], place[(place.IndexOf('/', StringComparison.Ordinal) + 1)..]);
        return (await views.FindAsync<WalletTally>(new ViewKey(partition, id)))?.Current;
    }
}
