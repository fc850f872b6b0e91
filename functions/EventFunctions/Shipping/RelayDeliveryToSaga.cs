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
/// <param name="order">Closes the order.</param>
/// <param name="logger">Gets parcels that arrived though their order says otherwise.</param>
public sealed class RelayDeliveryToSaga(EventSubscription subscription, OrderCommandStep order, ILogger<RelayDeliveryToSaga> logger)
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
            (envelope, token) => envelope.Data is ShipmentDelivered delivered ? TellAsync(client, envelope, delivered, token) : Task.CompletedTask,
            cancellationToken);

    private async Task TellAsync(
        DurableTaskClient client, EventEnvelope envelope, ShipmentDelivered delivered, CancellationToken cancellationToken)
    {
        // Before the saga is told: it may give up waiting at the same moment, or be gone, and would lose the word. The saga's own
        // step has the same id, so the order is closed once. One that is not shipped yet is closed by its saga, which keeps the word.
        var instanceId = delivered.OrderId.ToString();
        var trace = new SagaTrace(
            instanceId, envelope.Metadata.CorrelationId, envelope.EventId.ToString(), envelope.Stream.Tenant, envelope.Metadata.TraceParent);
        var outcome = await order.SendAsync(trace, OrderSteps.MarkOrderDelivered, new DeliverOrder(delivered.DeliveredAt), cancellationToken);
        var isRunning = await client.GetInstanceAsync(instanceId, cancellation: cancellationToken) is { IsCompleted: false };
        if (isRunning)
        {
            await client.RaiseEventAsync(
                instanceId, OrderSagaEvents.ShipmentDelivered, new DeliveryNotice(delivered.DeliveredAt), cancellationToken);
        }

        if (!outcome.IsDone && !(isRunning && outcome.Code == OrderRejections.Status))
        {
            logger.LogError("The parcel of order {OrderId} arrived, but the order refuses: {Reason} ({Code})", instanceId, outcome.Reason, outcome.Code);
        }
    }
}
