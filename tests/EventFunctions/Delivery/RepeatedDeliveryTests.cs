using System.Text.RegularExpressions;
using EventFunctions.Composition;
using EventFunctions.Customers.Onboarding;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Inventory.Replenishment;
using EventFunctions.Ordering.Choreography;
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
            Subscriber.All.Select(s => s.Subscription).Order(StringComparer.Ordinal),
            once.Routed.Select(r => r[(r.LastIndexOf(' ') + 1)..]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal([OrderSagaState.Completed, OrderSagaState.Compensated, "Delivered", "address-unserviceable", "card-declined"], once.Ends);
        Assert.Equal(
            [
                $"start {nameof(OnboardingSaga)}", $"start {nameof(OrderSaga)}", $"start {nameof(OrderSaga)}", $"start {nameof(ReplenishmentSaga)}",
                $"tell {OnboardingEvents.AccountChanged}", $"tell {ReplenishmentAnswer.EventName}", $"tell {OrderSagaEvents.ShipmentDelivered}",
            ],
            Sorted(once.Sagas.Select(WithoutInstance)));
        Assert.Equal(
            [
                "authorize", "capture", "authorize", "capture", "find", "refund", "ActiveShipments 1", "fig 12", "kept", "refunded",
                "ActiveShipments 2", "kept", "refunded", "never held",
            ],
            once.PartnerCalls);
        Assert.Equal(CustomerStory.Mails, once.Mails);
        Assert.NotEmpty(once.Views);

        // In each way of leading orders, one is placed, confirmed, paid, shipped and delivered, and another is cancelled after it was
        // paid; a third is cancelled before it was confirmed.
        Assert.Equal((20, 20), (once.Posts.Count, once.Posts.Distinct().Count()));
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
        Assert.Equal(once.Mails, thrice.Mails);
        Assert.Equal((once.Mails.Count, once.Mails.Count), (once.MailCalls, thrice.MailCalls));
        Assert.Equal(once.Posts, thrice.Posts);
        Assert.Equal(once.Audit, thrice.Audit);
        Assert.Equal(once.Ends, thrice.Ends);
    }

    /// <summary>
    /// Products are offered and stocked, an order is delivered, a customer opens an account, an order of theirs is compensated after it was
    /// paid, a replenishment comes in, and a product whose stock is low is ordered from the supplier; then orders that no saga leads: one
    /// delivered after its review, one undone after it was paid, and one declined.
    /// </summary>
    private static async Task<Books> PlayAsync(int copies, Random? random, int atOnce = 1)
    {
        await using var world = new ShopWorld();
        var run = new DeliveryRun(world, copies, random, atOnce);
        await world.StartAsync();
        await world.RegisterWebhookAsync();
        foreach (var product in SagaWorld.Products)
        {
            await world.StockUpAsync(product, SagaWorld.InitialStock);
        }

        var happy = await world.PlaceAsync("happy", SagaWorld.Products);
        await run.UntilQuietAsync();
        world.Saga.Carrier.Refuses = true;
        var customer = await new CustomerStory(world, run).PlayAsync();
        var compensated = await world.PlaceForAsync(customer.Value, "compensated", SagaWorld.Products);
        await world.ReplenishAsync("apple", 7, "second");
        await world.ReplenishAsync("fig", 3, "low", lowStockThreshold: 5);
        await run.UntilQuietAsync();

        // Handlers may ask a partner again, under the key they asked under before, so from here on the partners' books count.
        List<string> calls =
        [
            .. world.Saga.Payments.Calls,
            $"ActiveShipments {world.Saga.Carrier.ActiveShipments}",
            .. world.Saga.Supplier.Orders.Select(o => $"{o.ProductId} {o.Quantity}"),
            Held(happy),
            Held(compensated),
        ];
        IReadOnlyList<OrderId> choreographed = await PlayChoreographyAsync(world, run);

        return new Books(
            Sorted(run.Routed.Select(r => r.ToString())),
            run.Delivered.Count,
            run.TurnedAway,
            run.Completed,
            Sorted(world.Relayed.Select(e => $"{e.Stream} {e.Version} {e.Type} {e.EventId}")),
            [.. (await world.Views.ShownAsync()).Select(WithoutCauseOfHandlers)],
            Sorted(world.Sagas.Told),
            Sorted(world.Saga.Dispatcher.Invocations.Select(i => $"{i.InstanceId} {i.Name} {i.SerializedInput}")),
            [.. calls, $"ActiveShipments {world.Saga.Carrier.ActiveShipments}", .. choreographed.Select(Held)],
            Sorted(world.Saga.Webhooks.Posts.Select(p => $"{p.Id} {p.Body}")),
            await AuditAsync(world),
            [await world.EndOfAsync(happy), await world.EndOfAsync(compensated), .. await Task.WhenAll(choreographed.Select(EndAsync))],
            world.Saga.Mailer.Lines,
            world.Saga.Mailer.Calls.Count);

        string Held(OrderId order) => world.Saga.Payments.Held(order.ToString()) switch
        {
            null => "never held",
            { Captured: > 0, Refunded: 0 } => "kept",
            { Captured: var captured, Refunded: var refunded } when captured == refunded && captured > 0 => "refunded",
            var held => held.ToString(),
        };

        async Task<string> EndAsync(OrderId order) => await world.Saga.OrderAsync(order) is var state
            ? state.Cancellation?.Code ?? state.Status.ToString()
            : string.Empty;
    }

    private static async Task<IReadOnlyList<OrderId>> PlayChoreographyAsync(ShopWorld world, DeliveryRun run)
    {
        var settings = new OrderingOptions { Flow = OrderFlow.Choreography };
        var undone = await world.PlaceAsync("choreographed-undone", settings, SagaWorld.Products);
        await run.UntilQuietAsync();

        world.Saga.Carrier.Refuses = false;
        var reviewed = await world.PlaceAsync(
            "choreographed-reviewed", settings with { ReviewAbove = new Dictionary<string, decimal> { ["EUR"] = 1 } }, SagaWorld.Products);
        await run.UntilQuietAsync();
        await world.ApproveAsync(reviewed);
        await run.UntilQuietAsync();

        world.Saga.Payments.DeclineAuthorization = "card-declined";
        var declined = await world.PlaceAsync("choreographed-declined", settings, SagaWorld.Products);
        await run.UntilQuietAsync();
        await run.LetPassAsync(OrderDeadlineKind.ReviewTimeout);
        await run.LetPassAsync(OrderDeadlineKind.DeliveryOverdue);
        return [reviewed, undone, declined];
    }

    /// <summary>Of a step that two events lead to, e.g. an undo, the one that was handled first is the cause: any, when they come in any order.</summary>
    private static string WithoutCauseOfHandlers(string view) => view.Contains("\"source\":\"order-choreography\"", StringComparison.Ordinal)
        ? Regex.Replace(view, "\"causationId\":\"[^\"]*\"", "\"causationId\":\"any\"", RegexOptions.None, TimeSpan.FromSeconds(5))
        : view;

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

    /// <summary>What was started, or what a saga was told, without the id of the saga.</summary>
    private static string WithoutInstance(string line) => line.Split(' ') switch
    {
        ["start", var orchestrator, _] => $"start {orchestrator}",
        ["tell", _, var name] => $"tell {name}",
        _ => line,
    };

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
        IReadOnlyList<string> Ends,
        IReadOnlyList<string> Mails,
        int MailCalls);
}
