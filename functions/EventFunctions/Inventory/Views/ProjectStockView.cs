using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Views;

/// <summary>Keeps <see cref="StockView"/>; the messages of one product come one after the other.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="projections">Applies.</param>
public sealed class ProjectStockView(EventSubscription subscription, LiveProjections projections)
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
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message, actions, (e, token) => projections.HandleAsync(StockViewProjection.Kind, e, token), cancellationToken);
}
