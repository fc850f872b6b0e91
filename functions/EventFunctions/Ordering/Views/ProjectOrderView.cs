using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Views;

/// <summary>Keeps <see cref="OrderView"/>; the messages of one order come one after the other.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="projections">Applies.</param>
public sealed class ProjectOrderView(EventSubscription subscription, LiveProjections projections)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectOrderView))]
    public Task RunAsync(
        [ServiceBusTrigger(
            EventTopics.Ordering,
            nameof(ProjectOrderView),
            Connection = "ServiceBusConnection",
            IsSessionsEnabled = true,
            AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message, actions, (e, token) => projections.HandleAsync(OrderViewProjection.Kind, e, token), cancellationToken);
}
