using Azure.Messaging.ServiceBus;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Views;

/// <summary>Keeps <see cref="StockView"/>; the messages of one product come one after the other.</summary>
/// <param name="subscription">Reads, applies and settles.</param>
public sealed class ProjectStockView(ProjectionSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectStockView))]
    public Task RunAsync(
        [ServiceBusTrigger(
            EventTopics.Inventory,
            nameof(ProjectStockView),
            Connection = "ServiceBusConnection",
            IsSessionsEnabled = true,
            AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, StockViewProjection.Kind, cancellationToken);
}
