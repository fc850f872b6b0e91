using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Views;

/// <summary>Keeps <see cref="CustomerOrderView"/>; the messages of one order come one after the other.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="projections">Applies.</param>
public sealed class ProjectCustomerOrders(EventSubscription subscription, LiveProjections projections)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectCustomerOrders))]
    public Task RunAsync(
        [ServiceBusTrigger(
            EventTopics.Ordering,
            nameof(ProjectCustomerOrders),
            Connection = "ServiceBusConnection",
            IsSessionsEnabled = true,
            AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message, actions, (e, token) => projections.HandleAsync(CustomerOrdersProjection.Kind, e, token), cancellationToken);
}
