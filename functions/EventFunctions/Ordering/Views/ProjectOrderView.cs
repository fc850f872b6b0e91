using Azure.Messaging.ServiceBus;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Views;

/// <summary>Keeps <see cref="OrderView"/>; the messages of one order come one after the other.</summary>
/// <param name="subscription">Reads, applies and settles.</param>
public sealed class ProjectOrderView(ProjectionSubscription subscription)
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
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, OrderViewProjection.Kind, cancellationToken);
}
