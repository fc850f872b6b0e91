using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Ordering;

/// <summary>Starts the saga of every order that is placed to be led by one. The subscription lets only <c>order-placed</c> through.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="sagas">Starts.</param>
public sealed class StartOrderSaga(EventSubscription subscription, OrderSagaStarter sagas)
{
    /// <summary>Handles one event; a message that comes again finds the saga and leaves it alone, also if it has finished.</summary>
    [Function(nameof(StartOrderSaga))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Ordering, nameof(StartOrderSaga), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => envelope.Data is OrderPlaced { Flow: not OrderFlow.Choreography } placed
                ? sagas.EnsureStartedAsync(client, TraceOf(envelope, placed), cancellation: null, token, placed.NeedsReview ?? false)
                : Task.CompletedTask,
            cancellationToken);

    private static SagaTrace TraceOf(EventEnvelope envelope, OrderPlaced placed) => new(
        placed.OrderId.ToString(),
        envelope.Metadata.CorrelationId,
        envelope.EventId.ToString(),
        envelope.Stream.Tenant,
        envelope.Metadata.TraceParent);
}
