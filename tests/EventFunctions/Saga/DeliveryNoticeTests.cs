using Azure.Messaging.ServiceBus;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Publishing;
using EventFunctions.Shipping;
using EventFunctions.Tests.Publishing;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace EventFunctions.Tests.Saga;

/// <summary>Word of a parcel's arrival, whatever its saga is doing.</summary>
public sealed class DeliveryNoticeTests : IAsyncDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly SagaWorld _world;

    public DeliveryNoticeTests() => _world = new SagaWorld(_clock);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_notice_closes_the_order_of_a_saga_that_waits_for_it()
    {
        var order = await ShipAsync();

        await DeliverAsync(order);

        Assert.Equal(OrderSagaState.Completed, (await _world.EndAsync(order)).State);
        await _world.AssertSoldAsync(order);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_notice_after_the_saga_gave_up_closes_the_order_once_also_where_the_saga_is_purged(bool isPurged)
    {
        var order = await ShipAsync();
        await GiveUpAsync(order);
        if (isPurged)
        {
            await _world.Client.PurgeInstanceAsync(order.ToString());
        }

        await DeliverAsync(order);
        await DeliverAsync(order);

        await _world.AssertSoldAsync(order);
        Assert.Single(await _world.EventsAsync(Order.StreamOf(order)), e => e.Type == "order-delivered");
    }

    [Fact]
    public async Task A_notice_that_the_saga_misses_because_it_gives_up_at_the_same_moment_closes_the_order_all_the_same()
    {
        var order = await ShipAsync();
        var running = await _world.Client.GetInstanceAsync(order.ToString(), getInputsAndOutputs: true);
        await GiveUpAsync(order);
        var late = new Mock<DurableTaskClient>("late");
        late.Setup(c => c.GetInstanceAsync(order.ToString(), true, It.IsAny<CancellationToken>())).ReturnsAsync(running);

        await DeliverAsync(order, late.Object);

        await _world.AssertSoldAsync(order);
        late.Verify(
            c => c.RaiseEventAsync(order.ToString(), OrderSagaEvents.ShipmentDelivered, It.IsAny<object?>(), It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task A_notice_that_comes_before_the_saga_waits_is_kept_until_the_stock_is_committed()
    {
        var begun = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        _world.Dispatcher.Before = async (activity, _) =>
        {
            if (activity == OrderSteps.CommitStock)
            {
                begun.TrySetResult();
                await goOn.Task;
            }
        };
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.StartSagaAsync(order, parcelArrives: false);
        await begun.Task.WaitAsync(Eventually.DefaultDeadline);

        await DeliverAsync(order);

        Assert.Equal(OrderStatus.Shipped, (await _world.OrderAsync(order)).Status);
        goOn.SetResult();
        Assert.Equal(OrderSagaState.Completed, (await _world.EndAsync(order)).State);
        await _world.AssertSoldAsync(order);
    }

    [Fact]
    public async Task A_notice_that_comes_twice_changes_nothing_the_second_time()
    {
        var order = await ShipAsync();
        await DeliverAsync(order);
        await _world.EndAsync(order);

        await DeliverAsync(order);

        Assert.Single(await _world.EventsAsync(Order.StreamOf(order)), e => e.Type == "order-delivered");
    }

    [Fact]
    public async Task A_parcel_of_a_cancelled_order_leaves_the_order_cancelled()
    {
        _world.Payments.DeclineAuthorization = "card-declined";
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.StartSagaAsync(order, parcelArrives: false);
        await _world.EndAsync(order);

        await DeliverAsync(order);

        Assert.Equal(OrderStatus.Cancelled, (await _world.OrderAsync(order)).Status);
    }

    private async Task<OrderId> ShipAsync()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.StartSagaAsync(order, parcelArrives: false);
        await Eventually.HoldsAsync(
            async () => (await _world.Client.GetInstanceAsync(order.ToString(), getInputsAndOutputs: true))?.ReadCustomStatusAs<OrderSagaStatus>()
                is { State: OrderSagaState.AwaitingDelivery },
            "the saga awaits the delivery");
        return order;
    }

    private async Task GiveUpAsync(OrderId order)
    {
        await Eventually.HoldsAsync(
            async () =>
            {
                _clock.Advance(TimeSpan.FromDays(3));
                return (await _world.Client.GetInstanceAsync(order.ToString()))!.IsCompleted;
            },
            "the saga has given up");
        Assert.Equal(OrderSagaState.DeliveryOverdue, (await _world.EndAsync(order)).State);
    }

    /// <summary>The message comes, and is completed once.</summary>
    private async Task DeliverAsync(OrderId order, DurableTaskClient? client = null)
    {
        var envelope = EventSamples.Envelope(new ShipmentDelivered(order, DateTimeOffset.UnixEpoch), Shipment.StreamOf(order), 3);
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(EventSamples.Serializer.Write(envelope), EventJson.Options);
        var actions = new Mock<ServiceBusMessageActions>();
        var relay = new RelayDeliveryToSaga(
            new EventSubscription(EventSamples.Serializer, _clock, NullLogger<EventSubscription>.Instance),
            _world.Get<IdempotentConsumer>(),
            _world.Get<OrderCommandStep>(),
            NullLogger<RelayDeliveryToSaga>.Instance);

        await relay.RunAsync(
            ServiceBusModelFactory.ServiceBusReceivedMessage(body: BinaryData.FromBytes(body)), actions.Object, client ?? _world.Client, CancellationToken.None);

        actions.Verify(a => a.CompleteMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()), Times.Once);
    }
}
