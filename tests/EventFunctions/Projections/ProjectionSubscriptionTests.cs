using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;
using Moq;
using static EventFunctions.Tests.Publishing.EventSamples;

namespace EventFunctions.Tests.Projections;

public sealed class ProjectionSubscriptionTests : IAsyncDisposable
{
    private readonly OperatorWorld _world = new();
    private readonly Mock<ServiceBusMessageActions> _actions = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task The_message_of_an_event_that_stalls_its_stream_is_completed_because_the_event_is_in_the_store()
    {
        var events = await _world.AppendOrderAsync();
        _world.Projection.IsPoison = _ => true;

        await HandleAsync(Message(events[0], BodyOf(events[0])));

        _actions.Verify(a => a.CompleteMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()), Times.Once);
        _actions.VerifyNoOtherCalls();
        Assert.Equal(StalledEvent.Of(events[0]), (await _world.Stalled.FindAsync("order", events[0].Stream))!.Event);
    }

    [Theory]
    [InlineData("not json", EventSubscription.Unreadable)]
    [InlineData(null, EventSubscription.UnknownType)]
    public async Task A_message_that_nobody_can_read_is_dead_lettered_and_the_projection_is_seen_to_wait_for_its_event(string? body, string reason)
    {
        var events = await _world.AppendOrderAsync();
        await _world.DeliverAsync(events[0]);
        body ??= BodyOf(events[1]).Replace("order-confirmed", "order-vanished", StringComparison.Ordinal);

        await HandleAsync(Message(events[1], body));

        VerifyDeadLettered(reason);
        var stall = (await _world.Stalled.FindAsync("order", events[1].Stream))!;
        Assert.Equal(StalledEvent.Of(events[1]), stall.Event);
        Assert.Equal(
            new RetryResult.CaughtUp(5, 4), await _world.Get<StalledStreamRetry>().RetryAsync("order", events[1].Stream));
        Assert.Equal(5, (await _world.ViewAsync(events[1].Stream))!.Version);
    }

    [Fact]
    public async Task A_message_that_does_not_even_tell_its_stream_is_dead_lettered_alone()
    {
        await HandleAsync(ServiceBusModelFactory.ServiceBusReceivedMessage(body: BinaryData.FromString("{}"), messageId: "m1"));

        VerifyDeadLettered(EventSubscription.Unreadable);
        Assert.Equal(0, await _world.Stalled.CountAsync("order"));
    }

    private static string BodyOf(EventEnvelope envelope) => JsonSerializer.Serialize(Serializer.Write(envelope), EventJson.Options);

    private static ServiceBusReceivedMessage Message(EventEnvelope envelope, string body) => ServiceBusModelFactory.ServiceBusReceivedMessage(
        body: BinaryData.FromString(body),
        messageId: envelope.EventId.ToString(),
        sessionId: envelope.Stream.Value,
        subject: envelope.Type,
        properties: new Dictionary<string, object> { [EventMessageMapper.StreamVersionProperty] = envelope.Version });

    private Task HandleAsync(ServiceBusReceivedMessage message) =>
        _world.Get<ProjectionSubscription>().HandleAsync(message, _actions.Object, "order", CancellationToken.None);

    private void VerifyDeadLettered(string reason)
    {
        _actions.Verify(
            a => a.DeadLetterMessageAsync(
                It.IsAny<ServiceBusReceivedMessage>(), null, reason, It.Is<string>(d => d.Length > 0), It.IsAny<CancellationToken>()),
            Times.Once);
        _actions.VerifyNoOtherCalls();
    }
}
