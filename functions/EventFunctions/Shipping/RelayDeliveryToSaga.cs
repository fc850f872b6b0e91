using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Shipping;

/// <summary>Closes an order whose parcel arrived, and tells its saga. The subscription lets only <c>shipment-delivered</c> through.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="consumer">Lets each arrival through once: word to a saga has no version by which the saga could tell a repetition.</param>
/// <param name="order">Closes the order.</param>
/// <param name="logger">Gets parcels that arrived though their order says otherwise.</param>
public sealed class RelayDeliveryToSaga(
    EventSubscription subscription, IdempotentConsumer consumer, OrderCommandStep order, ILogger<RelayDeliveryToSaga> logger)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(RelayDeliveryToSaga))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Shipping, nameof(RelayDeliveryToSaga), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => envelope.Data is ShipmentDelivered delivered
                ? consumer.HandleAsync(nameof(RelayDeliveryToSaga), envelope, t => TellAsync(client, envelope, delivered, t), token)
                : Task.CompletedTask,
            cancellationToken);

    private async Task TellAsync(
        DurableTaskClient client, EventEnvelope envelope, ShipmentDelivered delivered, CancellationToken cancellationToken)
    {
        var instanceId = delivered.OrderId.ToString();
        var notice = new DeliveryNotice(delivered.DeliveredAt);
        var saga = await client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken);
        if (saga is { IsCompleted: false } && saga.ReadCustomStatusAs<OrderSagaStatus>() is null or { State: OrderSagaState.Running })
        {
            // It has not begun to wait, so the word is kept until it does, and it takes the steps before that in their order.
            await client.RaiseEventAsync(instanceId, OrderSagaEvents.ShipmentDelivered, notice, cancellationToken);
            return;
        }

        // A saga that waits may give up at this very moment and miss the word; one that has ended hears none. The order is closed
        // here, by the step that the saga takes too: whoever comes first, it is closed once.
        var trace = new SagaTrace(
            instanceId, envelope.Metadata.CorrelationId, envelope.EventId.ToString(), envelope.Stream.Tenant, envelope.Metadata.TraceParent);
        var outcome = await order.SendAsync(trace, OrderSteps.MarkOrderDelivered, new DeliverOrder(delivered.DeliveredAt), cancellationToken);
        if (saga is { IsCompleted: false })
        {
            await client.RaiseEventAsync(instanceId, OrderSagaEvents.ShipmentDelivered, notice, cancellationToken);
        }

        if (!outcome.IsDone)
        {
            logger.LogError("The parcel of order {OrderId} arrived, but the order refuses: {Reason} ({Code})", instanceId, outcome.Reason, outcome.Code);
        }
    }
}
