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

/// <summary>Tells the saga of an order that its parcel arrived. The subscription lets only <c>shipment-delivered</c> through.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="order">Closes the order where its saga does not wait any more.</param>
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
        var instanceId = delivered.OrderId.ToString();
        if (await client.GetInstanceAsync(instanceId, cancellation: cancellationToken) is { IsCompleted: false })
        {
            await client.RaiseEventAsync(
                instanceId, OrderSagaEvents.ShipmentDelivered, new DeliveryNotice(delivered.DeliveredAt), cancellationToken);
            return;
        }

        // The saga gave up waiting before the parcel arrived (and may be purged since), or this message came twice. The same
        // step closes the order, once; an order that was cancelled refuses, and stays as it is.
        var trace = new SagaTrace(
            instanceId, envelope.Metadata.CorrelationId, envelope.EventId.ToString(), envelope.Stream.Tenant, envelope.Metadata.TraceParent);
        var outcome = await order.SendAsync(trace, OrderSteps.MarkOrderDelivered, new DeliverOrder(delivered.DeliveredAt), cancellationToken);
        if (!outcome.IsDone)
        {
            logger.LogError("The parcel of order {OrderId} arrived, but the order refuses: {Reason} ({Code})", instanceId, outcome.Reason, outcome.Code);
        }
    }
}
