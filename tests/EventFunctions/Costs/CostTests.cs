using EventFunctions.Composition;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Testing;
using EventFunctions.Ordering;
using EventFunctions.Ordering.Api;
using EventFunctions.Ordering.Saga;
using EventFunctions.Tests.Delivery;
using EventFunctions.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Tests.Costs;

/// <summary>A regression here is a regression on the bill.</summary>
public sealed class CostTests
{
    private static readonly string Table = Path.Combine(SourceTree.Root, "tests", "EventFunctions", "Costs", "costs.md");

    [Fact]
    public async Task Every_business_operation_costs_what_the_table_says()
    {
        await using var store = await CostStore.StartAsync();
        await using var world = store.Open();
        await world.StartAsync();
        var run = new DeliveryRun(world);
        var table = new CostTable();
        await world.StockUpAsync("apple", 100);
        await run.UntilQuietAsync();
        foreach (var projection in world.Saga.Services.GetServices<IProjectionDefinition>())
        {
            // Asked once in a while, and not by operation; the clock of this world stands still.
            await world.Saga.Get<GenerationDirectory>().CurrentAsync(projection.Name);
        }

        store.Log.Take();

        // Once for each customer in half a minute; all that follows finds it in memory.
        await world.Saga.Get<PersonalDataVault>().SealTextAsync("a first order", new DataSubjectId("customer-1"), "costs");
        table.Add("key of a new customer", store.Log.Take());

        await world.ReplenishAsync("apple", 1, "second");
        await run.UntilQuietAsync();
        table.Add("replenish stock", store.Log.Take());

        var messages = run.Routed.Count;
        var order = await world.PlaceAsync("happy", "apple");
        await run.OnceToAsync(s => s.Subscription != nameof(StartOrderSaga));
        var placed = store.Log.Take();
        table.Add("place order", placed);

        await run.UntilQuietAsync();
        Assert.Equal(OrderSagaState.Completed, await world.EndOfAsync(order));
        table.Add("whole happy order", [.. placed, .. store.Log.Take()]);
        table.AddMessages("whole happy order", run.Routed.Count - messages);

        await new HttpCall().AnswerAsync(r => new GetOrderEndpoint(world.Saga.Get<ServingViews>(), ActivatorUtilities.CreateInstance<PastOrder>(world.Saga.Services))
            .RunAsync(r, order.ToString(), CancellationToken.None));
        table.Add("look at an order", store.Log.Take());

        await new HttpCall().AnswerAsync(
            r => new GetOrderTimelineEndpoint(world.Saga.Get<ServingViews>()).RunAsync(r, order.ToString(), CancellationToken.None));
        table.Add("look at an order's timeline", [.. store.Log.Take().Where(c => c.Kind != "query plan")]);

        world.Saga.Payments.DeclineAuthorization = "card-declined";
        var declined = await world.PlaceAsync("declined", "apple");
        await run.UntilQuietAsync();
        Assert.Equal(OrderSagaState.Compensated, await world.EndOfAsync(declined));
        table.Add("order compensated: card declined", store.Log.Take());

        world.Saga.Payments.DeclineAuthorization = null;
        world.Saga.Carrier.Refuses = true;
        var refused = await world.PlaceAsync("refused", "apple");
        await run.UntilQuietAsync();
        Assert.Equal(OrderSagaState.Compensated, await world.EndOfAsync(refused));
        table.Add("order compensated: paid, then not shippable", store.Log.Take());

        await AddChoreographyAsync(world, run, store, table);

        Assert.Equal(run.Routed.Count, run.Completed + run.Scheduled.Count);
        new KeptFile(Table).Check(table.ToString());
    }

    /// <summary>The same orders, led by handlers instead of a saga.</summary>
    private static async Task AddChoreographyAsync(ShopWorld world, DeliveryRun run, CostStore store, CostTable table)
    {
        var settings = new OrderingOptions { Flow = OrderFlow.Choreography };
        var refused = await world.PlaceAsync("choreographed-refused", settings, "apple");
        await run.UntilQuietAsync();
        Assert.Equal(OrderStatus.Cancelled, (await world.Saga.OrderAsync(refused)).Status);
        var afterPayment = store.Log.Take();

        world.Saga.Carrier.Refuses = false;
        var messages = run.Routed.Count;
        var order = await world.PlaceAsync("choreographed-happy", settings, "apple");
        await run.UntilQuietAsync();
        Assert.Equal(OrderStatus.Delivered, (await world.Saga.OrderAsync(order)).Status);
        table.Add("whole happy order, choreographed", store.Log.Take());
        table.AddMessages("whole happy order, choreographed", run.Routed.Count - messages);

        world.Saga.Payments.DeclineAuthorization = "card-declined";
        var declined = await world.PlaceAsync("choreographed-declined", settings, "apple");
        await run.UntilQuietAsync();
        Assert.Equal(OrderStatus.Cancelled, (await world.Saga.OrderAsync(declined)).Status);
        table.Add("choreographed order undone: card declined", store.Log.Take());
        table.Add("choreographed order undone: paid, then not shippable", afterPayment);
    }
}
