using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Choreography;
using EventFunctions.Publishing;
using EventFunctions.Tests.Delivery;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace EventFunctions.Tests.Flows;

public sealed class OrderDeadlineTests : IAsyncDisposable
{
    private readonly FlowWorld _world = new(OrderFlow.Choreography);

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("""{"kind":"review-timeout","orderId":"not an id","correlationId":"corr-1"}""")]
    [InlineData("""{"kind":"of-a-later-version","orderId":"6b1f2ad09f0e4a528f0c2f1f7c2e5a01","correlationId":"corr-1"}""")]
    public async Task A_deadline_that_nobody_can_read_is_dead_lettered(string body)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(new BinaryData(body), messageId: "m-1", deliveryCount: 1);
        var actions = new Mock<ServiceBusMessageActions>(MockBehavior.Strict);
        actions.Setup(a => a.DeadLetterMessageAsync(
            message, null, EventSubscription.Unreadable, It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);

        await ActivatorUtilities.CreateInstance<HandleOrderDeadline>(_world.Shop.Saga.Services).RunAsync(message, actions.Object, CancellationToken.None);

        actions.VerifyAll();
    }

    [Theory]
    [InlineData(OrderDeadlineKind.ReviewTimeout)]
    [InlineData(OrderDeadlineKind.DeliveryOverdue)]
    [InlineData(OrderDeadlineKind.SecondLook)]
    public async Task A_deadline_of_an_order_that_needs_nothing_any_more_changes_nothing(string kind)
    {
        await _world.PlaceAsync();
        await _world.Run.UntilQuietAsync();
        var before = _world.Shop.Relayed.Count;
        var deadline = new OrderDeadline(kind, _world.Order.ToString(), "corr-1");

        Assert.True(await _world.Shop.Saga.Get<OrderDeadlineReaction>().ReactAsync(deadline, CancellationToken.None));
        await _world.Run.UntilQuietAsync();

        Assert.Equal((before, FlowOutcome.Sold), (_world.Shop.Relayed.Count, await _world.OutcomeAsync()));
    }

    [Fact]
    public async Task A_deadline_asked_for_twice_is_scheduled_once_and_carries_nothing_personal()
    {
        var trace = new OrderDeadline(OrderDeadlineKind.ReviewTimeout, new OrderId(Guid.NewGuid()).ToString(), "corr-1", "cause-1").ToTrace();
        var due = ShopWorld.Clock.GetUtcNow() + TimeSpan.FromDays(2);
        var deadlines = _world.Shop.Saga.Get<OrderDeadlines>();

        await deadlines.ScheduleAsync(trace, OrderDeadlineKind.ReviewTimeout, due);
        await deadlines.ScheduleAsync(trace, OrderDeadlineKind.ReviewTimeout, due);

        var routed = Assert.Single(await _world.Shop.Bus.TakeAsync());
        Assert.Equal((nameof(HandleOrderDeadline), due), (routed.Subscriber.Subscription, routed.Message.ScheduledEnqueueTime));
        var body = JsonSerializer.Deserialize<OrderDeadline>(routed.Message.Body.ToMemory().Span, EventJson.Options);
        Assert.Equal(trace, body!.ToTrace());
    }
}
