using EventFunctions.EndToEnd.Tests.Running;
using EventFunctions.Local.Host;
using EventFunctions.Tests.Support;

namespace EventFunctions.EndToEnd.Tests;

public sealed class CleanStopTests
{
    private const int Count = 40;

    [Fact]
    public async Task A_stop_with_work_in_flight_loses_nothing_and_leaves_nothing_half_done()
    {
        await using var shop = await RunningShop.StartAsync(new LocalRuntimeOptions());
        var product = Orders.Unique("bowl");
        await shop.StockUpAsync(product, 10_000);
        var replies = await Task.WhenAll(Enumerable.Range(0, Count).Select(
            number => shop.Client.PlaceAsync(Orders.Of(product, Orders.Unique("customer")), $"stop-{number}", null, CancellationToken.None)));
        var placed = replies.Select(reply => reply.Expect("Placing an order").OrderId).ToList();

        await shop.Runtime.StopAppAsync();

        // What was answered is in the store, whole; what was received was settled or given back.
        var stopped = await shop.Store.EventsAsync();
        var heads = await shop.Store.HeadsAsync();
        Assert.All(placed, order => Assert.Contains($"ordering-{order}", heads.Keys));
        Assert.All(heads, head => Assert.Equal(head.Value, stopped.Count(stored => stored.Stream == head.Key)));
        Assert.Equal(0, Subscriptions.LockedOf(shop.Runtime));

        await shop.StartAppAgainAsync();

        var quiet = await shop.QuietAsync();
        quiet.AssertOneEntryPerEvent();
        Assert.Empty(stopped.Select(stored => stored.EventId).Except(quiet.Events.Select(stored => stored.EventId)));
        foreach (var order in placed)
        {
            var expected = quiet.Events.Count(stored => stored.Stream == $"ordering-{order}");
            await Eventually.HoldsAsync(
                async () => (await shop.Client.FindOrderAsync(order, CancellationToken.None))?.Version >= expected, $"the view of {order} shows all its events");
        }
    }
}
