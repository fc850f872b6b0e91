using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Shipping;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Choreography;

/// <summary>On <c>shipment-delivered</c>: records on the order that it arrived.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="delivery">Closes the order.</param>
public sealed class CloseDeliveredOrder(EventSubscription subscription, OrderDelivery delivery)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(CloseDeliveredOrder))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Shipping, nameof(CloseDeliveredOrder), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => envelope.Data is ShipmentDelivered delivered
                ? delivery.CloseAsync(OrderReaction.TraceOf(envelope), delivered.DeliveredAt, token)
                : Task.CompletedTask,
            cancellationToken);
}
