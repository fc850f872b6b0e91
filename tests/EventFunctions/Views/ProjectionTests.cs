using Azure.Messaging.ServiceBus;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Testing;
using EventFunctions.Inventory.Views;
using EventFunctions.Ordering.Views;
using EventFunctions.Publishing;
using EventFunctions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using static EventFunctions.Tests.Publishing.EventSamples;

namespace EventFunctions.Tests.Views;

public sealed class ProjectionTests
{
    private static readonly GivenStream<OrderView> DeliveredOrder =
        new ProjectionSpecification<OrderView>(new OrderViewProjection(), Registry).Given(Order.StreamOf(SampleOrder), OrderHistory());

    private readonly InMemoryViewStore _views = new();

    [Fact]
    public async Task An_order_view_is_the_same_however_its_events_arrive()
    {
        var whole = (await DeliveredOrder.WhenAllArrive().ViewAsync()).View;

        Prop.ForAll(
            Arrivals(5).ToArbitrary(),
            arrivals => DeliveredOrder.WhenArrive(arrivals.Select(v => (long)v)).ThenAsync(whole).GetAwaiter().GetResult()).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task The_order_view_shows_the_whole_order_but_not_the_card()
    {
        var stored = await DeliveredOrder.WhenAllArrive().ViewAsync();

        var (view, history) = (stored.View, DeliveredOrder.History);
        Assert.Equal((5L, 5L, OrderStatus.Delivered, "T1"), (stored.Version, view.Version, view.Status, view.TrackingNumber));
        Assert.Equal((history[0].Time, history[^1].Time), (view.PlacedAt, view.UpdatedAt));
        var json = System.Text.Json.JsonSerializer.Serialize(view, EventJson.Options);
        Assert.DoesNotContain("tok_ok", json, StringComparison.Ordinal);
        Assert.DoesNotContain("paymentToken", json, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_cancelled_order_shows_why()
    {
        var cancelled = new ProjectionSpecification<OrderView>(new OrderViewProjection(), Registry).Given(
            Order.StreamOf(SampleOrder), Placed(), new OrderCancelled(SampleOrder, new("customer-1"), "out-of-stock", "No apples."));

        var view = (await cancelled.WhenAllArrive().ViewAsync()).View;

        Assert.Equal((OrderStatus.Cancelled, new OrderCancellation("out-of-stock", "No apples.")), (view.Status, view.Cancellation));
    }

    [Fact]
    public async Task A_customers_orders_are_listed_newest_first()
    {
        var ids = Enumerable.Range(1, 3).Select(_ => new OrderId(Guid.NewGuid())).ToList();
        for (var i = 0; i < ids.Count; i++)
        {
            var placed = Envelope(Placed(ids[i]), Order.StreamOf(ids[i])) with { Time = DateTimeOffset.UnixEpoch.AddDays(i) };
            await new ProjectionHandler<CustomerOrderView>(new CustomerOrdersProjection(), _views, new InMemoryEventStore(Serializer)).HandleAsync(placed);
        }

        var page = await _views.ListAsync<CustomerOrderView>(CustomerOrdersProjection.PartitionOf(new("customer-1")), CustomerOrdersProjection.Kind, 10);

        Assert.Equal(ids.AsEnumerable().Reverse(), page.Views.Select(v => v.View.OrderId));
    }

    [Fact]
    public async Task The_stock_view_adds_up_however_its_events_arrive()
    {
        var apple = new ProductId("apple");
        var other = new OrderId(Guid.NewGuid());
        var stock = new ProjectionSpecification<StockView>(new StockViewProjection(), Registry).Given(
            StockItem.StreamOf(apple),
            new StockReplenished(apple, new Quantity(10), 3),
            new StockReserved(apple, SampleOrder, new Quantity(4)),
            new StockReserved(apple, other, new Quantity(3)),
            new LowStockAlerted(apple, 3, 3),
            new StockReleased(apple, other, new Quantity(3)),
            new StockCommitted(apple, SampleOrder, new Quantity(4)));

        await stock.WhenArrive(1, 2, 3, 4).ThenAsync(new StockView(apple, 10, 7, 3, 3, IsLow: false, 4));
        await stock.WhenAllArrive().ThenAsync(new StockView(apple, 6, 0, 6, 3, IsLow: false, 6));
        await stock.WhenAllArriveShuffled(copies: 3, seed: 7).ThenAsync(new StockView(apple, 6, 0, 6, 3, IsLow: false, 6));
    }

    [Fact]
    public async Task The_timeline_has_every_event_of_every_context_once_and_by_time()
    {
        var apple = new ProductId("apple");
        var events = Stream(Order.StreamOf(SampleOrder), OrderHistory())
            .Concat(Stream(
                StockItem.StreamOf(apple),
                new StockReplenished(apple, new Quantity(10), 0),
                new StockReserved(apple, SampleOrder, new Quantity(2)),
                new StockCommitted(apple, SampleOrder, new Quantity(2))))
            .Concat(Stream(
                Domain.Payments.Payment.StreamOf(SampleOrder), new Domain.Payments.PaymentProcessing(SampleOrder, new Money(10, new Currency("EUR")))))
            .Concat(Stream(Domain.Shipping.Shipment.StreamOf(SampleOrder), new Domain.Shipping.ShipmentDispatched(SampleOrder)))
            .ToArray();
        var timeline = new OrderTimeline(_views);

        var added = 0;
        foreach (var envelope in Deliveries.Shuffled(events, copies: 3, new Random(7)))
        {
            added += await timeline.HandleAsync(envelope) == ProjectionOutcome.Applied ? 1 : 0;
        }

        var entries = await timeline.ReadAsync(SampleOrder, CancellationToken.None);
        var concerned = events.Where(e => e.Data is not StockReplenished).ToList();
        Assert.Equal((concerned.Count, concerned.Count), (added, entries.Count));
        Assert.Equal(concerned.Select(e => e.EventId).Order(), entries.Select(e => e.EventId).Order());
        Assert.Equal(entries.Select(e => e.Time).Order(), entries.Select(e => e.Time));
        Assert.Equal(["inventory", "ordering", "payments", "shipping"], entries.Select(e => e.Context).Distinct().Order());
    }

    [Fact]
    public async Task A_timeline_longer_than_a_page_is_read_whole()
    {
        var timeline = new OrderTimeline(_views);
        for (var version = 1; version <= 250; version++)
        {
            await timeline.HandleAsync(Confirmed(version));
        }

        Assert.Equal(Enumerable.Range(1, 250).Select(i => (long)i), (await timeline.ReadAsync(SampleOrder, CancellationToken.None)).Select(e => e.Version));
    }

    [Fact]
    public async Task A_message_that_was_handled_is_completed_and_nothing_else()
    {
        var (actions, handled) = await SettleAsync(Body(Confirmed()), _ => Task.CompletedTask);

        Assert.Equal(1, handled);
        actions.Verify(a => a.CompleteMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()), Times.Once);
        actions.VerifyNoOtherCalls();
    }

    [Theory]
    [InlineData("not json", EventSubscription.Unreadable)]
    [InlineData("{}", EventSubscription.Unreadable)]
    [InlineData(null, EventSubscription.UnknownType)]
    public async Task A_message_nobody_can_read_is_dead_lettered_with_the_reason(string? body, string reason)
    {
        var bytes = body is null
            ? BinaryData.FromString(Body(Confirmed()).ToString().Replace("order-confirmed", "order-vanished", StringComparison.Ordinal))
            : BinaryData.FromString(body);

        var (actions, handled) = await SettleAsync(bytes, _ => Task.CompletedTask);

        Assert.Equal(0, handled);
        actions.Verify(
            a => a.DeadLetterMessageAsync(
                It.IsAny<ServiceBusReceivedMessage>(), null, reason, It.Is<string>(d => d.Length > 0), It.IsAny<CancellationToken>()),
            Times.Once);
        actions.VerifyNoOtherCalls();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_whose_handler_fails_or_times_out_is_held_back_and_not_settled_so_that_the_host_abandons_it(bool timesOut)
    {
        var actions = new Mock<ServiceBusMessageActions>(MockBehavior.Strict);
        Exception failure = timesOut ? new TaskCanceledException("The answer took too long.") : new StoreUnavailableException("away");
        var clock = new ManualTimeProvider();
        var handling = new EventSubscription(Serializer, clock, NullLogger<EventSubscription>.Instance).HandleAsync(
            ServiceBusModelFactory.ServiceBusReceivedMessage(body: Body(Confirmed()), deliveryCount: 1),
            actions.Object,
            (_, _) => throw failure,
            CancellationToken.None);
        Assert.False(handling.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Same(failure, await Record.ExceptionAsync(() => handling));
    }

    [Theory]
    [InlineData(1, 250)]
    [InlineData(3, 1_000)]
    [InlineData(10, 30_000)]
    public async Task A_failed_delivery_is_held_back_longer_each_time_so_that_an_outage_does_not_use_them_up(int delivery, int milliseconds)
    {
        var clock = new ManualTimeProvider();
        var handling = new EventSubscription(Serializer, clock, NullLogger<EventSubscription>.Instance).HandleAsync(
            ServiceBusModelFactory.ServiceBusReceivedMessage(body: Body(Confirmed()), deliveryCount: delivery),
            Mock.Of<ServiceBusMessageActions>(MockBehavior.Strict),
            (_, _) => Task.FromException(new StoreUnavailableException("away")),
            CancellationToken.None);

        clock.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
        Assert.False(handling.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => handling);
    }

    [Fact]
    public async Task A_failed_delivery_is_handed_back_at_once_when_the_host_stops()
    {
        using var stopping = new CancellationTokenSource();
        var handling = new EventSubscription(Serializer, new ManualTimeProvider(), NullLogger<EventSubscription>.Instance).HandleAsync(
            ServiceBusModelFactory.ServiceBusReceivedMessage(body: Body(Confirmed()), deliveryCount: 9),
            Mock.Of<ServiceBusMessageActions>(MockBehavior.Strict),
            (_, _) => Task.FromException(new StoreUnavailableException("away")),
            stopping.Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => handling);
    }

    /// <summary>All of 1 to n at least once, in any order, with repetitions.</summary>
    private static Gen<int[]> Arrivals(int n) =>
        from repeated in Gen.Choose(1, n).ArrayOf()
        from shuffled in Gen.Shuffle([.. Enumerable.Range(1, n), .. repeated])
        select shuffled;

    private static OrderEvent[] OrderHistory() =>
    [
        Placed(),
        new OrderConfirmed(SampleOrder, new CustomerId("customer-1")),
        new OrderPaid(SampleOrder, new CustomerId("customer-1"), new Money(10, new Currency("EUR"))),
        new OrderShipped(SampleOrder, new CustomerId("customer-1"), "T1"),
        new OrderDelivered(SampleOrder, new CustomerId("customer-1"), DateTimeOffset.UnixEpoch),
    ];

    private static EventEnvelope[] Stream(StreamName stream, params IDomainEvent[] events) =>
        [.. events.Select((e, i) => Envelope(e, stream, i + 1))];

    private static EventSubscription Subscription() => new(Serializer, TimeProvider.System, NullLogger<EventSubscription>.Instance);

    private static BinaryData Body(EventEnvelope envelope) =>
        BinaryData.FromBytes(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Serializer.Write(envelope), EventJson.Options));

    private static async Task<(Mock<ServiceBusMessageActions> Actions, int Handled)> SettleAsync(BinaryData body, Func<EventEnvelope, Task> handler)
    {
        var actions = new Mock<ServiceBusMessageActions>();
        var handled = 0;
        await Subscription().HandleAsync(
            ServiceBusModelFactory.ServiceBusReceivedMessage(body: body, messageId: "m1"),
            actions.Object,
            (envelope, _) =>
            {
                handled++;
                return handler(envelope);
            },
            CancellationToken.None);
        return (actions, handled);
    }
}
