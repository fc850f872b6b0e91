using EventFunctions.Auditing;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Tests.Saga;

namespace EventFunctions.Tests.Delivery;

/// <summary>
/// A bus delivers at least once and, without sessions, in any order. So every message is delivered three times, shuffled, to every
/// function it is routed to, while sagas run; and what is there in the end is what one delivery in order leads to.
/// </summary>
public sealed class RepeatedDeliveryTests
{
    private const int Copies = 3;

    /// <summary>Functions that no story of this test sends a message to; each with the reason.</summary>
    private static readonly string[] Untouched =
    [
        nameof(AuditCatalogEvents), // No product is described in the stories.
        nameof(AuditCustomerEvents), // The customer of the stories is a guest.
    ];

    private static readonly Lazy<Task<Books>> Expected = new(() => PlayAsync(copies: 1, random: null));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Every_message_three_times_in_any_order_leads_to_what_once_in_order_leads_to(int seed)
    {
        var once = await Expected.Value;

        var thrice = await PlayAsync(Copies, new Random(seed));

        AssertSame(once, thrice);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(6)]
    public async Task Every_message_three_times_side_by_side_leads_to_what_once_in_order_leads_to(int? seed)
    {
        var once = await Expected.Value;

        // Without a seed the three copies of a message come at the same moment.
        var thrice = await PlayAsync(Copies, seed is { } s ? new Random(s) : null, atOnce: Copies);

        AssertSame(once, thrice);
    }

    [Fact]
    public async Task The_stories_reach_every_function_that_a_subscription_triggers_and_leave_views_sagas_and_calls()
    {
        var once = await Expected.Value;

        Assert.Equal(
            Subscriber.All.Select(s => s.Subscription).Except(Untouched).Order(StringComparer.Ordinal),
            once.Routed.Select(r => r[(r.LastIndexOf(' ') + 1)..]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal([OrderSagaState.Completed, OrderSagaState.Compensated], once.Ends);
        Assert.Equal(3, once.Sagas.Count);
        Assert.Equal(2, once.Sagas.Count(s => s.StartsWith("start OrderSaga", StringComparison.Ordinal)));
        Assert.Equal(["authorize", "capture", "authorize", "capture", "find", "refund", "ActiveShipments 1"], once.PartnerCalls);
        Assert.NotEmpty(once.Views);

        // Both orders are placed, confirmed and paid; one is shipped and delivered, the other cancelled.
        Assert.Equal((9, 9), (once.Posts.Count, once.Posts.Distinct().Count()));
        Assert.Equal(once.Events, once.Audit);
        Assert.Equal(once.Events.Count, once.Events.Distinct().Count());
    }

    private static void AssertSame(Books once, Books thrice)
    {
        Assert.Equal(once.Routed, thrice.Routed);
        Assert.Equal((once.Routed.Count, 0), (once.Deliveries, once.TurnedAway));
        Assert.Equal(Copies * once.Routed.Count, thrice.Deliveries - thrice.TurnedAway);
        Assert.Equal((once.Routed.Count, Copies * once.Routed.Count), (once.Completed, thrice.Completed));
        Assert.Equal(once.Events, thrice.Events);
        Assert.Equal(once.Views, thrice.Views);
        Assert.Equal(once.Sagas, thrice.Sagas);
        Assert.Equal(once.Activities, thrice.Activities);
        Assert.Equal(once.PartnerCalls, thrice.PartnerCalls);
        Assert.Equal(once.Posts, thrice.Posts);
        Assert.Equal(once.Audit, thrice.Audit);
        Assert.Equal(once.Ends, thrice.Ends);
    }

    /// <summary>A replenishment, an order that is delivered, an order that is compensated after it was paid, and a replenishment.</summary>
    private static async Task<Books> PlayAsync(int copies, Random? random, int atOnce = 1)
    {
        await using var world = new ShopWorld();
        var run = new DeliveryRun(world, copies, random, atOnce);
        await world.StartAsync();
        await world.RegisterWebhookAsync();
        foreach (var product in SagaWorld.Products)
        {
            await world.ReplenishAsync(product, SagaWorld.InitialStock, $"first-{product}");
        }

        var happy = await world.PlaceAsync("happy", SagaWorld.Products);
        await run.UntilQuietAsync();
        world.Saga.Carrier.Refuses = true;
        var compensated = await world.PlaceAsync("compensated", SagaWorld.Products);
        await world.ReplenishAsync("apple", 7, "second");
        await run.UntilQuietAsync();

        return new Books(
            Sorted(run.Routed.Select(r => r.ToString())),
            run.Delivered.Count,
            run.TurnedAway,
            run.Completed,
            Sorted(world.Relayed.Select(e => $"{e.Stream} {e.Version} {e.Type} {e.EventId}")),
            await world.Views.ShownAsync(),
            Sorted(world.Sagas.Told),
            Sorted(world.Saga.Dispatcher.Invocations.Select(i => $"{i.InstanceId} {i.Name} {i.SerializedInput}")),
            [.. world.Saga.Payments.Calls, $"ActiveShipments {world.Saga.Carrier.ActiveShipments}"],
            Sorted(world.Saga.Webhooks.Posts.Select(p => $"{p.Id} {p.Body}")),
            await AuditAsync(world),
            [await world.EndOfAsync(happy), await world.EndOfAsync(compensated)]);
    }

    /// <summary>The audit trail of every stream that has events.</summary>
    private static async Task<IReadOnlyList<string>> AuditAsync(ShopWorld world)
    {
        var entries = new List<AuditEntry>();
        foreach (var stream in world.Relayed.Select(e => e.Stream.Value).Distinct().ToList())
        {
            var page = await world.Saga.Get<IAuditTrail>().ReadAsync(AuditQuery.OfStream(stream), AuditPage.MaxSize);
            Assert.Null(page.Continuation);
            entries.AddRange(page.Entries);
        }

        return Sorted(entries.Select(e => $"{e.Stream} {e.Version} {e.Type} {e.EventId}"));
    }

    private static List<string> Sorted(IEnumerable<string> lines) => [.. lines.Order(StringComparer.Ordinal)];

    /// <summary>Everything that can be told of how it ended.</summary>
    private sealed record Books(
        IReadOnlyList<string> Routed,
        int Deliveries,
        int TurnedAway,
        int Completed,
        IReadOnlyList<string> Events,
        IReadOnlyList<string> Views,
        IReadOnlyList<string> Sagas,
        IReadOnlyList<string> Activities,
        IReadOnlyList<string> PartnerCalls,
        IReadOnlyList<string> Posts,
        IReadOnlyList<string> Audit,
        IReadOnlyList<string> Ends);
}
