using Azure.Messaging.ServiceBus;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Views;

/// <summary>Keeps <see cref="CustomerListItem"/>; the messages of one account come one after the other.</summary>
/// <param name="subscription">Reads, applies and settles.</param>
public sealed class ProjectCustomerList(ProjectionSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectCustomerList))]
    public Task RunAsync(
        [ServiceBusTrigger(
            EventTopics.Customers,
            nameof(ProjectCustomerList),
            Connection = "ServiceBusConnection",
            IsSessionsEnabled = true,
            AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, CustomerListProjection.Kind, cancellationToken);
}
