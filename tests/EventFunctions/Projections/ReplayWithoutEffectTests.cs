using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Inventory.Views;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Views;
using EventFunctions.Projections.Rebuild;

namespace EventFunctions.Tests.Projections;

/// <summary>A replay writes views and does nothing else.</summary>
public sealed class ReplayWithoutEffectTests
{
    private static readonly string[] Projections =
        [OrderViewProjection.Kind, CustomerOrdersProjection.Kind, StockViewProjection.Kind, OrderTimeline.Kind];

    [Fact]
    public async Task A_rebuild_of_every_projection_calls_no_partner_starts_no_saga_and_writes_no_event()
    {
        await using var world = new RebuildWorld();
        await world.World.StartAsync();
        var order = await world.World.PlaceAsync();
        Assert.Equal(OrderSagaState.Completed, (await world.World.RunAsync(order)).State);
        var events = await EventsAsync(world);
        foreach (var envelope in events)
        {
            await HandleAsync(world, envelope);
        }

        var before = await EffectsAsync(world);
        Assert.True(before.Payments > 0 && before.Shipments > 0 && before.Sagas == 1 && before.Events > 10, before.ToString());

        foreach (var projection in Projections)
        {
            Assert.Equal(202, (await world.StartAsync(projection)).Response.StatusCode);
            var kept = await world.ReachesAsync(RebuildPhase.Kept, projection);
            Assert.Equal(0, kept.Status!.Comparison!.Differences);
            Assert.Equal(await world.DigestAsync(1, projection), await world.DigestAsync(2, projection));
            Assert.True((await world.DigestAsync(2, projection)).Count > 0, projection);
        }

        Assert.Equal(before, await EffectsAsync(world));
        Assert.Equal(events.Select(e => e.EventId).Order(), (await EventsAsync(world)).Select(e => e.EventId).Order());
    }

    private static async Task HandleAsync(RebuildWorld world, EventEnvelope envelope)
    {
        foreach (var projection in Projections.Where(p => world.World.Get<ProjectionSet>().Get(p).Categories.Contains(envelope.Stream.Category)))
        {
            await world.World.Get<LiveProjections>().HandleAsync(projection, envelope);
        }
    }

    private static async Task<List<EventEnvelope>> EventsAsync(RebuildWorld world)
    {
        var categories = new HashSet<string> { Order.Category, StockItem.Category, Payment.Category, Shipment.Category };
        var events = new List<EventEnvelope>();
        foreach (var range in await world.Stores.ListRangesAsync())
        {
            var page = await world.Stores.ReadAsync(new EventFeedRequest(range, null, 1000, categories));
            Assert.True(page.IsCaughtUp);
            events.AddRange(page.Events);
        }

        return events;
    }

    private static async Task<Effects> EffectsAsync(RebuildWorld world)
    {
        var sagas = 0;
        await foreach (var instance in world.World.Client.GetAllInstancesAsync())
        {
            sagas += instance.Name == nameof(OrderSaga) ? 1 : 0;
        }

        return new Effects(world.World.Payments.Calls.Count, world.World.Carrier.Calls.Count, sagas, (await EventsAsync(world)).Count);
    }

    private sealed record Effects(int Payments, int Shipments, int Sagas, int Events);
}
