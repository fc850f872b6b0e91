using Azure.Messaging.ServiceBus;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Views;

/// <summary>Keeps <see cref="CustomerOrderView"/>; the messages of one order come one after the other.</summary>
/// <param name="subscription">Reads, applies and settles.</param>
public sealed class ProjectCustomerOrders(ProjectionSubscription subscription)
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
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, CustomerOrdersProjection.Kind, cancellationToken);
}
