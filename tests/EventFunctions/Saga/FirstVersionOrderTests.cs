using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Ordering.Views;
using EventFunctions.Publishing;
using EventFunctions.Shipping.Steps;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace EventFunctions.Tests.Saga;

/// <summary>An order whose stream was begun by code that knew neither currencies nor addresses.</summary>
public sealed class FirstVersionOrderTests : IAsyncDisposable
{
    private static readonly EventSerializer FormerCode =
        new(EventTypeRegistry.FromTypes(typeof(FirstOrderPlaced), typeof(OrderConfirmed), typeof(OrderPaid), typeof(OrderShipped), typeof(OrderDelivered)));

    private readonly SagaWorld _world = new();
    private readonly OrderId _order = new(Guid.NewGuid());
    private readonly CustomerId _customer = new("customer-1");

    private OrderPlaced AsPlacedNow
    {
        get
        {
            var lines = new OrderLines([new OrderLine(new ProductId("apple"), new Quantity(2), new Money(12.50m, new Currency("EUR")))]);
            return new OrderPlaced(_order, _customer, lines, lines.Total, Address.NotRecorded, new PaymentToken("tok_ok"));
        }
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task Its_stream_loads_and_goes_on_with_events_of_the_present()
    {
        await FormerlyAsync(Placed());
        var orders = _world.Get<IAggregateRepository<Order, OrderEvent>>();

        var result = await orders.ExecuteAsync(
            Order.StreamOf(_order),
            new CommandContext(new EventMetadata(Guid.NewGuid(), "corr-1")),
            order => OrderDecider.Decide(order, new CancelOrder("customer-request", "Too late."), DateTimeOffset.UnixEpoch));

        var order = Assert.IsType<CommandResult<Order>.Committed>(result).State;
        Assert.Equal((OrderStatus.Cancelled, new Money(25, new Currency("EUR"))), (order.Status, order.Lines!.Total));
        Assert.False(order.ShippingAddress!.IsRecorded);
        Assert.Equal(order, (await orders.LoadAsync(Order.StreamOf(_order))).State);
        Assert.Equal(
            [AsPlacedNow, new OrderCancelled(_order, _customer, "customer-request", "Too late.")],
            (await _world.EventsAsync(Order.StreamOf(_order))).Select(e => e.Data));
    }

    [Fact]
    public async Task Its_message_is_the_stored_event_and_every_view_shows_it()
    {
        var stored = FormerCode.Write((await FormerlyAsync(Placed())).Single());

        var published = Assert.IsType<RelayedDocument.Publishable>(
            new EventMessageMapper(_world.Get<EventSerializer>()).Map(JsonSerializer.SerializeToElement(stored, EventJson.Options)));

        Assert.Equal(("order-placed", 1), (published.Message.Subject, published.Message.ApplicationProperties[EventMessageMapper.SchemaVersionProperty]));
        Assert.Equal(JsonSerializer.Serialize(stored, EventJson.Options), published.Message.Body.ToString());
        await ReceiveAsync(published.Message);
        var view = (await _world.Get<IViewStore>().FindAsync<OrderView>(OrderViewProjection.KeyOf(_order)))!.Current.View;
        Assert.Equal(
            (OrderStatus.Placed, AsPlacedNow.Lines, AsPlacedNow.Total, Address.NotRecorded, 1L),
            (view.Status, view.Lines, view.Total, view.ShippingAddress, view.Version));
        var listed = await _world.Get<IViewStore>()
            .ListAsync<CustomerOrderView>(CustomerOrdersProjection.PartitionOf(_customer), CustomerOrdersProjection.Kind, 10);
        Assert.Equal((_order, AsPlacedNow.Total), (Assert.Single(listed.Views).View.OrderId, listed.Views[0].View.Total));
        Assert.Equal("order-placed", Assert.Single(await new OrderTimeline(_world.Get<IViewStore>()).ReadAsync(_order, CancellationToken.None)).Type);
    }

    [Fact]
    public async Task Its_saga_cancels_it_for_want_of_an_address_before_anything_is_reserved_or_paid()
    {
        await _world.StartAsync();
        await FormerlyAsync(Placed());

        var result = await _world.RunAsync(_order);

        Assert.Equal((OrderSagaState.Compensated, OrderRejections.AddressNotRecorded), (result.State, result.Code));
        Assert.Equal(OrderRejections.AddressNotRecorded, (await _world.OrderAsync(_order)).Cancellation!.Code);
        Assert.Equal([OrderSteps.PlanOrder, OrderSteps.MarkOrderCancelled], _world.Dispatcher.Invocations.Select(i => i.Name));
        Assert.Empty(_world.Payments.Calls);
        await _world.AssertUndoneAsync(_order);
    }

    [Fact]
    public async Task Its_saga_leaves_it_alone_when_it_was_delivered_long_ago()
    {
        await _world.StartAsync();
        await FormerlyAsync(
            Placed(),
            new OrderConfirmed(_order, _customer),
            new OrderPaid(_order, _customer, AsPlacedNow.Total),
            new OrderShipped(_order, _customer, "T-1"),
            new OrderDelivered(_order, _customer, DateTimeOffset.UnixEpoch));

        var result = await _world.RunAsync(_order);

        Assert.Equal((OrderSagaState.Skipped, OrderRejections.Status), (result.State, result.Code));
        Assert.Equal(OrderStatus.Delivered, (await _world.OrderAsync(_order)).Status);
        Assert.Equal(5, (await _world.EventsAsync(Order.StreamOf(_order))).Count);
    }

    [Fact]
    public async Task No_carrier_is_asked_to_take_it_nowhere()
    {
        await FormerlyAsync(Placed(), new OrderConfirmed(_order, _customer), new OrderPaid(_order, _customer, AsPlacedNow.Total));
        var step = new CreateShipmentActivity(
            _world.Get<OrderCommandStep>(), _world.Get<IAggregateRepository<Shipment, ShipmentEvent>>(), _world.Carrier, TimeProvider.System);

        var outcome = await step.RunAsync(
            new SagaStep(new SagaTrace(_order.ToString(), "corr-1"), OrderSteps.CreateShipment), CancellationToken.None);

        Assert.Equal(StepOutcome.AddressNotRecorded, outcome);
        Assert.Equal(0, _world.Carrier.ActiveShipments);
        Assert.Empty(await _world.EventsAsync(Shipment.StreamOf(_order)));
    }

    private FirstOrderPlaced Placed() =>
        new(_order, _customer, [new OrderLineV1(new ProductId("apple"), new Quantity(2), 12.5m)], 25, new PaymentToken("tok_ok"));

    /// <summary>Appends the events as the first code did; it had no snapshots that the present one could use.</summary>
    private async Task<IReadOnlyList<EventEnvelope>> FormerlyAsync(params IDomainEvent[] events)
    {
        var stream = Order.StreamOf(_order);
        var envelopes = events.Select((data, index) => new EventEnvelope(
            Guid.NewGuid(),
            stream,
            index + 1,
            data is FirstOrderPlaced ? "order-placed" : _world.Get<EventTypeRegistry>().Get(data.GetType()).Name,
            1,
            DateTimeOffset.UnixEpoch,
            data,
            new EventMetadata(Guid.NewGuid(), "corr-0"))).ToList();
        Assert.IsType<AppendResult.Appended>(await _world.Get<InMemoryEventStore>().SeenBy(FormerCode)
            .AppendAsync(new StreamAppend(stream, StreamHead.Absent, envelopes, snapshot: null, [])));
        return envelopes;
    }

    /// <summary>Hands the message to every projection of orders, as a subscription does.</summary>
    private async Task ReceiveAsync(ServiceBusMessage message)
    {
        var received = ServiceBusModelFactory.ServiceBusReceivedMessage(body: message.Body, messageId: message.MessageId);
        var (views, events) = (_world.Get<IViewStore>(), _world.Get<IEventStore>());
        IEventHandler[] handlers =
        [
            new ProjectionHandler<OrderView>(new OrderViewProjection(), views, events),
            new ProjectionHandler<CustomerOrderView>(new CustomerOrdersProjection(), views, events),
            new OrderTimeline(views),
        ];
        var actions = new Mock<ServiceBusMessageActions>();
        await new EventSubscription(_world.Get<EventSerializer>(), TimeProvider.System, NullLogger<EventSubscription>.Instance).HandleAsync(
            received,
            actions.Object,
            async (envelope, token) =>
            {
                foreach (var handler in handlers)
                {
                    Assert.Equal(ProjectionOutcome.Applied, await handler.HandleAsync(envelope, token));
                }
            },
            CancellationToken.None);
        actions.Verify(a => a.CompleteMessageAsync(received, It.IsAny<CancellationToken>()), Times.Once);
    }

    /// <summary>The event as the first code had it.</summary>
    [EventType("order-placed")]
    private sealed record FirstOrderPlaced(
        OrderId OrderId, CustomerId CustomerId, IReadOnlyList<OrderLineV1> Lines, decimal Total, PaymentToken PaymentToken) : IDomainEvent;
}
