using Azure.Messaging.ServiceBus;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Notifications.Views;

/// <summary>Keeps <see cref="NotificationView"/>; the messages of one notification come one after the other.</summary>
/// <param name="subscription">Reads, applies and settles.</param>
public sealed class ProjectCustomerNotifications(ProjectionSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectCustomerNotifications))]
    public Task RunAsync(
        [ServiceBusTrigger(
            EventTopics.Customers,
            nameof(ProjectCustomerNotifications),
            Connection = "ServiceBusConnection",
            IsSessionsEnabled = true,
            AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, CustomerNotificationProjection.Kind, cancellationToken);
}
