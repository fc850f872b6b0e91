using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Inventory.Views;

/// <summary>Keeps <see cref="StockView"/>; the messages of one product come one after the other.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="projection">Applies.</param>
public sealed class ProjectStockView(EventSubscription subscription, ProjectionHandler<StockView> projection)
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
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, projection.HandleAsync, cancellationToken);
}
