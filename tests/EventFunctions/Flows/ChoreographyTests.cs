using System.Text.Json;
using EventFunctions.Composition;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Choreography;
using EventFunctions.Tests.Delivery;
using EventFunctions.Tests.Http;
using EventFunctions.Tests.Saga;

namespace EventFunctions.Tests.Flows;

/// <summary>What handlers do by messages that a saga does by waiting.</summary>
public sealed class ChoreographyTests : IAsyncDisposable
{
    private static readonly ProductId Pear = new("pear");
    private readonly FlowWorld _world = new(OrderFlow.Choreography);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_time_for_a_review_that_was_made_passes_without_effect()
    {
        _world.Settings = new OrderingOptions { ReviewAbove = new Dictionary<string, decimal> { ["EUR"] = 10 } };
        await _world.PlaceAsync();
        await _world.Run.UntilQuietAsync();
        await _world.DecideAsync(order => OrderDecider.Decide(order, new ApproveOrder("reviewer"), ShopWorld.Clock.GetUtcNow()));

        await _world.Run.LetPassAsync(OrderDeadlineKind.ReviewTimeout);

        Assert.Equal(FlowOutcome.Sold, await _world.OutcomeAsync());
    }

    [Fact]
    public async Task A_parcel_that_does_not_arrive_in_time_is_shown_to_operators_and_still_closes_the_order()
    {
        _world.Shop.ParcelsArrive = false;
        await _world.PlaceAsync();
        await _world.Run.UntilQuietAsync();
        Assert.Empty(await OverdueAsync());

        await _world.Run.LetPassAsync(OrderDeadlineKind.DeliveryOverdue);
        Assert.Equal(("Shipped", false), Assert.Single(await OverdueAsync()));

        _world.Shop.ParcelsArrive = true;
        await _world.Run.UntilQuietAsync();
        Assert.Equal(("Delivered", true), Assert.Single(await OverdueAsync()));
        Assert.Equal(FlowOutcome.Sold, await _world.OutcomeAsync());
    }

    [Fact]
    public async Task A_parcel_that_arrives_in_time_is_not_shown()
    {
        await _world.PlaceAsync();
        await _world.Run.UntilQuietAsync();

        await _world.Run.LetPassAsync(OrderDeadlineKind.DeliveryOverdue);

        Assert.Empty(await OverdueAsync());
    }

    [Fact]
    public async Task A_parcel_that_arrives_before_its_order_is_shipped_closes_it_when_it_is()
    {
        var arrived = 0;
        _world.Shop.Events.Before = append => append.Events.Any(e => e.Type == "order-shipped") && Interlocked.Exchange(ref arrived, 1) == 0
            ? ArriveAsync()
            : Task.CompletedTask;
        await _world.PlaceAsync();

        await _world.Run.UntilQuietAsync();

        Assert.Equal(FlowOutcome.Sold, await _world.OutcomeAsync());

        async Task ArriveAsync()
        {
            await _world.Shop.DeliverAsync(_world.Order);
            await _world.Run.OnceToAsync(s => s.Subscription == nameof(CloseDeliveredOrder));
        }
    }

    [Fact]
    public async Task What_could_not_be_undone_is_a_dead_letter_that_undoes_it_once_it_is_sent_again()
    {
        (_world.Carrier.Refuses, _world.Payments.ReversalsAreDown) = (true, true);
        await _world.PlaceAsync();
        await _world.Run.UntilQuietAsync();
        Assert.Equal(nameof(UndoCancelledOrder), Assert.Single(_world.Run.DeadLetters).Subscriber.Subscription);

        _world.Payments.ReversalsAreDown = false;
        await _world.Run.ResubmitAsync();

        Assert.Equal(
            FlowOutcome.Cancelled("address-unserviceable", "Refunded", "captured 31.50, refunded 31.50"), await _world.OutcomeAsync());
    }

    [Fact]
    public async Task An_authorisation_that_is_still_under_way_when_the_customer_cancels_is_given_back()
    {
        // The first attempt gets no answer, and its money shows only after the order was undone.
        (_world.Payments.LosesAuthorizationAnswers, _world.Payments.ShowsFromLook) = (true, 2);
        var asked = 0;
        _world.Payments.WhileAuthorizing = async () =>
        {
            if (Interlocked.Exchange(ref asked, 1) == 0)
            {
                Assert.Equal(202, await _world.Shop.CancelAsync(_world.Order, "Changed my mind."));
            }
        };
        await _world.PlaceAsync();

        await _world.Run.UntilQuietAsync();

        Assert.Equal(FlowOutcome.Cancelled("cancelled-by-customer", "Voided", "voided"), await _world.OutcomeAsync());
    }

    [Fact]
    public async Task A_reservation_that_was_refused_and_takes_effect_after_the_undo_is_given_back()
    {
        // The first attempt gets no answer, and by the second the pieces are another order's, until after the undo.
        var other = new OrderId(Guid.NewGuid());
        var failures = 0;
        _world.Shop.Events.Before = append => append.Stream == StockItem.StreamOf(Pear)
            && append.Events.Any(e => e.Type == "stock-reserved") && Interlocked.Exchange(ref failures, 1) == 0
            ? throw new StoreUnavailableException("The answer is lost.")
            : Task.CompletedTask;
        await _world.PlaceAsync();
        await _world.Run.OnceToAsync(s => s.Subscription == nameof(BeginPlacedOrder));
        await AskStockAsync(new Reserve(other, new Quantity(SagaWorld.InitialStock)));
        await _world.Run.OnceToAsync(s => s.Subscription == nameof(BeginPlacedOrder));
        await _world.Run.OnceToAsync(s => s.Subscription == nameof(UndoCancelledOrder));
        await AskStockAsync(new Release(other));
        await AskStockAsync(new Reserve(_world.Order, new Quantity(2)));

        await _world.Run.UntilQuietAsync();

        Assert.Equal(FlowOutcome.Cancelled("out-of-stock", "None", "nothing"), await _world.OutcomeAsync());
    }

    [Fact]
    public async Task An_order_without_an_address_is_cancelled_before_anything_is_asked_for()
    {
        await _world.OpenAsync();
        var order = await AppendPlacedAsync(Publishing.EventSamples.Placed() with { ShippingAddress = Address.NotRecorded, Flow = OrderFlow.Choreography });
        await _world.Run.UntilQuietAsync();

        Assert.Equal("order-address-not-recorded", (await _world.Shop.Saga.OrderAsync(order)).Cancellation?.Code);
        Assert.Equal((100, 0), await StockAsync("apple"));
        Assert.Empty(_world.Payments.Calls);
        Assert.Empty(_world.Carrier.Calls);
    }

    [Fact]
    public async Task A_choreographed_order_needs_no_saga_and_an_orchestrated_one_wakes_no_handler()
    {
        await _world.PlaceAsync();
        await _world.Run.UntilQuietAsync();
        Assert.Empty(_world.Shop.Sagas.Told);
        var chosen = Handlers(_world.Run);

        await using var other = new FlowWorld(OrderFlow.Orchestration);
        await other.PlaceAsync();
        await other.Run.UntilQuietAsync();

        Assert.Equal(
            [
                nameof(AuthorizeStartedPayment), nameof(BeginPlacedOrder), nameof(CaptureConfirmedPayment), nameof(CloseDeliveredOrder),
                nameof(ConfirmAuthorizedOrder), nameof(FinishShippedOrder), nameof(HandleOrderDeadline), nameof(MarkCapturedOrderPaid),
                nameof(MarkCreatedShipmentShipped), nameof(ShipPaidOrder),
            ],
            chosen.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Empty(Handlers(other.Run));
    }

    private async Task AskStockAsync(StockItemCommand command) => Assert.IsType<CommandResult<StockItem>.Committed>(
        await _world.Shop.Saga.Get<IAggregateRepository<StockItem, StockItemEvent>>().ExecuteAsync(
            StockItem.StreamOf(Pear),
            new CommandContext(new EventMetadata(Guid.NewGuid(), "others")),
            item => StockItemDecider.Decide(item, command, ShopWorld.Clock.GetUtcNow())));

    private static IEnumerable<string> Handlers(DeliveryRun run) =>
        run.Routed.Where(m => m.Subscriber.Method.DeclaringType!.Namespace == typeof(OrderReaction).Namespace).Select(m => m.Subscriber.Subscription);

    private async Task<(int OnHand, int Reserved)> StockAsync(string product) => await _world.Shop.Saga.StockAsync(product) is var item ? (item.OnHand, item.Reserved) : default;

    private async Task<OrderId> AppendPlacedAsync(OrderPlaced placed)
    {
        await _world.Shop.Saga.Get<IAggregateRepository<Order, OrderEvent>>().ExecuteAsync(
            Order.StreamOf(placed.OrderId),
            new CommandContext(new EventMetadata(Guid.NewGuid(), "corr-1", Process: "order-choreography")),
            _ => Decision<OrderEvent>.Accept(placed));
        return placed.OrderId;
    }

    private async Task<IReadOnlyList<(string Status, bool HasArrived)>> OverdueAsync()
    {
        var endpoint = new ListOverdueDeliveriesEndpoint(
            _world.Shop.Saga.Get<OverdueDeliveries>(), _world.Shop.Saga.Get<IAggregateRepository<Order, OrderEvent>>());
        var call = await new HttpCall().AnswerAsync(r => endpoint.RunAsync(r, CancellationToken.None));
        return
        [
            .. call.Json.GetProperty("items").EnumerateArray().Select(item => (
                item.GetProperty("status").GetString()!,
                item.TryGetProperty("deliveredAt", out var at) && at.ValueKind != JsonValueKind.Null)),
        ];
    }
}
