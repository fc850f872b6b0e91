using EventFunctions.EventSourcing.Testing;
using EventFunctions.EventSourcing.Tests.Sample;
using FsCheck;
using FsCheck.Fluent;
using static EventFunctions.EventSourcing.Tests.Sample.WalletFixtures;

namespace EventFunctions.EventSourcing.Tests.Projections;

public sealed class ConvergenceProperties
{
    private const int Events = 12;

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void However_messages_arrive_the_view_is_that_of_the_newest_one(int viewCacheSize) =>
        Prop.ForAll<byte[]>(d => DeliverAsync(d, isConcurrent: false, viewCacheSize).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void However_messages_arrive_at_several_handlers_at_once_the_view_is_that_of_the_newest_one(int viewCacheSize) =>
        Prop.ForAll<byte[]>(d => DeliverAsync(d, isConcurrent: true, viewCacheSize).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();

    /// <summary>Each byte is the delivery of one of the stream's events: some come twice, some never, in any order.</summary>
    private static async Task<bool> DeliverAsync(byte[] deliveries, bool isConcurrent, int viewCacheSize)
    {
        var stream = NewStream();
        var world = new InMemoryWorld(Registry);
        var events = await world.GivenAsync(stream, Enumerable.Range(1, Events).Select(v => new WalletEvent.Added(v)));
        var handlers = Enumerable.Range(0, 2)
            .Select(_ => new ProjectionHandler<WalletView>(new WalletProjection(), world.Views, world.Events, viewCacheSize))
            .ToList();

        var messages = deliveries.Select(b => events[b % Events]).ToList();
        var lanes = isConcurrent ? 4 : 1;
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(lane => Task.Run(async () =>
        {
            // Two lanes to a handler; a single lane changes it with every fifth message, as a session that moves does.
            foreach (var (message, i) in messages.Select((message, i) => (message, i)).Where(m => m.i % lanes == lane))
            {
                await RedeliverUntilHandledAsync(handlers[(isConcurrent ? lane : i / 5) % handlers.Count], message);
            }
        })));

        var newest = messages.Count == 0 ? 0 : (int)messages.Max(m => m.Version);
        var stored = await world.Views.FindAsync<WalletView>(new ViewKey("wallets", stream.Id));
        return newest == 0
            ? stored is null
            : stored!.Current.Version == newest
                && stored.Current.View == new WalletView(stream.Id, newest * (newest + 1) / 2, [.. Enumerable.Range(1, newest).Select(v => (long)v)]);
    }

    private static async Task RedeliverUntilHandledAsync(ProjectionHandler<WalletView> handler, EventEnvelope message)
    {
        while (true)
        {
            try
            {
                await handler.HandleAsync(message);
                return;
            }
            catch (ProjectionContendedException)
            {
                // What a broker does with it: the same message again.
            }
        }
    }
}
