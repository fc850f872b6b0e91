using Azure.Messaging.ServiceBus;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Testing;
using EventFunctions.Ordering;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Publishing;
using EventFunctions.Sagas;
using EventFunctions.Shipping;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Moq;
using static EventFunctions.Tests.Publishing.EventSamples;

namespace EventFunctions.Tests.Saga;

/// <summary>What the functions that react to one event ask of the sagas, by where the saga stands.</summary>
public sealed class EventReactorTests
{
    private const string Find = "find";

    private const string Start = "start";

    private const string Tell = "tell";

    private static readonly StreamName OrderStream = Order.StreamOf(SampleOrder);

    private static readonly CustomerId Customer = new("customer-1");

    private static readonly OrderDelivered Arrived = new(SampleOrder, Customer, DateTimeOffset.UnixEpoch);

    private static readonly OrderEvent[] Shipped =
        [Placed(), new OrderConfirmed(SampleOrder, Customer), new OrderPaid(SampleOrder, Customer, Placed().Total), new OrderShipped(SampleOrder, Customer, "T1")];

    [Fact]
    public async Task An_order_that_is_placed_starts_its_saga_which_is_told_who_started_it()
    {
        var outcome = await OrderIsPlaced.Given(Step.Named(Find).Answers(null), Step.Named(Start).Answers(SampleOrder.ToString())).WhenRunAsync();

        outcome.ThenSteps(Find, Start);
        var trace = Assert.IsType<OrderSagaInput>(outcome.Issued[^1].Input).Trace;
        Assert.Equal((SampleOrder.ToString(), "corr-1", Envelope(Placed(), OrderStream).EventId.ToString()), (trace.OrderId, trace.CorrelationId, trace.CausationId));
    }

    [Fact]
    public async Task A_saga_that_is_there_already_is_left_alone() =>
        (await OrderIsPlaced.Given(Step.Named(Find).Answers(Saga(OrderSagaState.Running))).WhenRunAsync()).ThenSteps(Find);

    [Fact]
    public async Task A_start_that_lost_a_race_finds_the_winner() => (await OrderIsPlaced.Given(
        Step.Named(Find).Answers(null, times: 1),
        Step.Named(Start).Fails(new InvalidOperationException("exists")),
        Step.Named(Find).Answers(Saga(OrderSagaState.Running))).WhenRunAsync()).ThenSteps(Find, Start, Find);

    [Fact]
    public async Task A_start_that_failed_for_another_reason_fails_the_message()
    {
        var outcome = await OrderIsPlaced.Given(
            Step.Named(Find).Answers(null), Step.Named(Start).Fails(new InvalidOperationException("no room"))).WhenRunAsync();

        Assert.Equal("no room", outcome.ThenFailed<InvalidOperationException>().Message);
    }

    [Fact]
    public async Task A_parcel_that_arrives_while_its_saga_waits_closes_the_order_and_then_tells_the_saga()
    {
        var outcome = await ParcelArrives.Given(OrderStream, Shipped)
            .Given(Step.Named(Find).Answers(Saga(OrderSagaState.AwaitingDelivery)), Step.Named(Tell).Answers(null)).WhenRunAsync();

        outcome.ThenSteps(Find, Tell);
        await outcome.ThenEventsAsync(OrderStream, Arrived);
    }

    [Fact]
    public async Task A_parcel_that_arrives_before_its_saga_waits_is_told_to_the_saga_which_closes_the_order_in_its_turn()
    {
        var outcome = await ParcelArrives.Given(OrderStream, Shipped)
            .Given(Step.Named(Find).Answers(Saga(OrderSagaState.Running)), Step.Named(Tell).Answers(null)).WhenRunAsync();

        outcome.ThenSteps(Find, Tell);
        await outcome.ThenEventsAsync(OrderStream);
    }

    [Fact]
    public async Task A_parcel_that_arrives_when_its_saga_is_gone_closes_the_order()
    {
        var outcome = await ParcelArrives.Given(OrderStream, Shipped).Given(Step.Named(Find).Answers(null)).WhenRunAsync();

        outcome.ThenSteps(Find);
        await outcome.ThenEventsAsync(OrderStream, Arrived);
    }

    private static ProcessSpecification<int> OrderIsPlaced => Reaction(
        Envelope(Placed(), OrderStream),
        (run, message, actions, client, token) => new StartOrderSaga(
            Subscription(), new OrderSagaStarter(Options.Create(new Composition.OrderingOptions()), new SagaInstances(NullLogger<SagaInstances>.Instance)))
            .RunAsync(message, actions, client, token));

    private static ProcessSpecification<int> ParcelArrives => Reaction(
        Envelope(new ShipmentDelivered(SampleOrder, DateTimeOffset.UnixEpoch), Shipment.StreamOf(SampleOrder), 3),
        (run, message, actions, client, token) => new RelayDeliveryToSaga(
            Subscription(),
            new IdempotentConsumer(new InMemoryInbox(new InboxOptions(), TimeProvider.System), NullLogger<IdempotentConsumer>.Instance),
            new OrderCommandStep(run.World.Repository<Order, OrderEvent>(), TimeProvider.System),
            NullLogger<RelayDeliveryToSaga>.Instance).RunAsync(message, actions, client, token));

    /// <summary>The function handles the event; the result is how often it completed the message.</summary>
    private static ProcessSpecification<int> Reaction(
        EventEnvelope envelope,
        Func<ProcessRun, ServiceBusReceivedMessage, ServiceBusMessageActions, DurableTaskClient, CancellationToken, Task> function) => new(
        Registry,
        async (run, token) =>
        {
            var completed = 0;
            var actions = new Mock<ServiceBusMessageActions>(MockBehavior.Strict);
            actions.Setup(a => a.CompleteMessageAsync(It.IsAny<ServiceBusReceivedMessage>(), It.IsAny<CancellationToken>()))
                .Callback(() => completed++).Returns(Task.CompletedTask);
            var body = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Serializer.Write(envelope), EventJson.Options);
            var message = ServiceBusModelFactory.ServiceBusReceivedMessage(body: BinaryData.FromBytes(body));
            await function(run, message, actions.Object, ClientOf(run.Steps), token);
            return completed == 1 ? completed : throw new InvalidOperationException($"The message was completed {completed} times.");
        });

    private static DurableTaskClient ClientOf(StepScript script)
    {
        var client = new Mock<DurableTaskClient>(MockBehavior.Strict, "scripted");
        client.Setup(c => c.GetInstanceAsync(SampleOrder.ToString(), It.IsAny<CancellationToken>()))
            .Returns((string id, CancellationToken token) => script.TakeAsync<OrchestrationMetadata?>(new IssuedStep(Find, id), token));
        client.Setup(c => c.GetInstanceAsync(SampleOrder.ToString(), true, It.IsAny<CancellationToken>()))
            .Returns((string id, bool _, CancellationToken token) => script.TakeAsync<OrchestrationMetadata?>(new IssuedStep(Find, id), token));
        client.Setup(c => c.ScheduleNewOrchestrationInstanceAsync(
                nameof(OrderSaga), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()))
            .Returns((TaskName _, object? input, StartOrchestrationOptions? _, CancellationToken token) =>
                script.TakeAsync<string>(new IssuedStep(Start, input), token));
        client.Setup(c => c.RaiseEventAsync(
                SampleOrder.ToString(), OrderSagaEvents.ShipmentDelivered, It.IsAny<object?>(), It.IsAny<CancellationToken>()))
            .Returns((string _, string _, object? payload, CancellationToken token) => script.TakeAsync(new IssuedStep(Tell, payload), token));
        return client.Object;
    }

    private static EventSubscription Subscription() => new(Serializer, TimeProvider.System, NullLogger<EventSubscription>.Instance);

    private static OrchestrationMetadata Saga(string state) => new(nameof(OrderSaga), SampleOrder.ToString())
    {
        RuntimeStatus = OrchestrationRuntimeStatus.Running,
        SerializedCustomStatus = Microsoft.DurableTask.Converters.JsonDataConverter.Default.Serialize(new OrderSagaStatus(state, "step")),
        DataConverter = Microsoft.DurableTask.Converters.JsonDataConverter.Default,
    };
}
