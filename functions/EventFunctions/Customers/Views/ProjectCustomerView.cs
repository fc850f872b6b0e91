using Azure.Messaging.ServiceBus;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Customers.Views;

/// <summary>Keeps <see cref="CustomerView"/>; the messages of one account come one after the other.</summary>
/// <param name="subscription">Reads, applies and settles.</param>
public sealed class ProjectCustomerView(ProjectionSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectCustomerView))]
    public Task RunAsync(
        [ServiceBusTrigger(
            EventTopics.Customers,
            nameof(ProjectCustomerView),
            Connection = "ServiceBusConnection",
            IsSessionsEnabled = true,
            AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, CustomerViewProjection.Kind, cancellationToken);
}
