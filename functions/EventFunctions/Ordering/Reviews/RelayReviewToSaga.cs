using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Ordering.Reviews;

/// <summary>
/// Tells a saga that waits for a review that there is a decision. The subscription lets only <c>order-approved</c> and
/// <c>order-cancelled</c> through.
/// </summary>
/// <remarks>
/// What was decided the saga reads from the order, so word that comes twice makes it look twice. A saga that does not wait yet looks
/// before it does, and finds a decision that is older than this message; one that waits no more has no use for it.
/// </remarks>
/// <param name="subscription">Reads and settles.</param>
public sealed class RelayReviewToSaga(EventSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(RelayReviewToSaga))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Ordering, nameof(RelayReviewToSaga), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => envelope.Data is OrderApproved or OrderCancelled ? TellAsync(client, envelope, token) : Task.CompletedTask,
            cancellationToken);

    private static async Task TellAsync(DurableTaskClient client, EventEnvelope envelope, CancellationToken cancellationToken)
    {
        var instanceId = ((OrderEvent)envelope.Data).OrderId.ToString();
        if (await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken) is { IsCompleted: false } saga
            && saga.ReadCustomStatusAs<OrderSagaStatus>() is { State: OrderSagaState.AwaitingReview })
        {
            await client.RaiseEventAsync(instanceId, OrderSagaEvents.ReviewDecided, new ReviewNotice(envelope.Type), cancellationToken);
        }
    }
}
