using Azure.Messaging.ServiceBus;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Shipping.Views;

/// <summary>Keeps <see cref="ShipmentView"/>; the messages of one shipment come one after the other.</summary>
/// <param name="subscription">Reads, applies and settles.</param>
public sealed class ProjectShipmentView(ProjectionSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectShipmentView))]
    public Task RunAsync(
        [ServiceBusTrigger(
            EventTopics.Shipping,
            nameof(ProjectShipmentView),
            Connection = "ServiceBusConnection",
            IsSessionsEnabled = true,
            AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, ShipmentViewProjection.Kind, cancellationToken);
}
