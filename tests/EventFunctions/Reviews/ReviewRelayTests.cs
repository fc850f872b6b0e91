using Azure.Messaging.ServiceBus;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Reviews;
using EventFunctions.Ordering.Saga;
using EventFunctions.Publishing;
using EventFunctions.Tests.Publishing;
using EventFunctions.Tests.Saga;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace EventFunctions.Tests.Reviews;

/// <summary>Word of a decision on an order, whatever its saga is doing.</summary>
public sealed class ReviewRelayTests : IAsyncDisposable
{
    private readonly SagaWorld _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_saga_that_waits_goes_on_and_word_that_comes_again_changes_nothing()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync(needsReview: true);
        await _world.StartSagaAsync(order, needsReview: true);
        await _world.ShowsAsync(order, OrderSagaState.AwaitingReview);
        await _world.SendAsync(order, o => OrderDecider.Decide(o, new ApproveOrder("eve"), DateTimeOffset.UnixEpoch));

        await DeliverAsync(order);
        await DeliverAsync(order);

        Assert.Equal(OrderSagaState.Completed, (await _world.EndAsync(order)).State);
        await DeliverAsync(order);
        await _world.AssertSoldAsync(order);
    }

    [Fact]
    public async Task A_saga_that_has_not_begun_finds_the_decision_by_itself()
    {
        await _world.StartAsync();
        var order = await _world.PlaceAsync(needsReview: true);
        await _world.SendAsync(order, o => OrderReview.Reject(o, "Looks like fraud.", DateTimeOffset.UnixEpoch));

        await DeliverAsync(order);
        await _world.StartSagaAsync(order, needsReview: true);

        // The order is not just placed any more: nobody has to lead it anywhere.
        Assert.Equal(OrderSagaState.Skipped, (await _world.EndAsync(order)).State);
        await _world.AssertUndoneAsync(order);
    }

    [Fact]
    public async Task The_cancellation_of_an_order_that_nobody_reviews_is_no_word_to_its_saga()
    {
        _world.Payments.DeclineAuthorization = "card-declined";
        await _world.StartAsync();
        var order = await _world.PlaceAsync();
        await _world.RunAsync(order);

        await DeliverAsync(order);

        Assert.Equal(OrderSagaState.Compensated, (await _world.EndAsync(order)).State);
    }

    /// <summary>The message of the order's newest event comes, and is completed once.</summary>
    private async Task DeliverAsync(OrderId order)
    {
        var decision = (await _world.EventsAsync(Order.StreamOf(order))).Last(e => e.Data is OrderApproved or OrderCancelled);
        var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(EventSamples.Serializer.Write(decision), EventJson.Options);
        var actions = new Mock<ServiceBusMessageActions>();
        await new RelayReviewToSaga(new EventSubscription(EventSamples.Serializer, TimeProvider.System, NullLogger<EventSubscription>.Instance)).RunAsync(
            ServiceBusModelFactory.ServiceBusReceivedMessage(body: BinaryData.FromBytes(body)), actions.Object, _world.Client, CancellationToken.None);
        actions.Verify(a => a.CompleteMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()), Times.Once);
    }
}
