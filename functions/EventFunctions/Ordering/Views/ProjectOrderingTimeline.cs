using Azure.Messaging.ServiceBus;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Views;

/// <summary>Adds the events of the Ordering context to the timelines of orders. In any order: each entry stands for itself.</summary>
/// <param name="subscription">Reads, applies and settles.</param>
public sealed class ProjectOrderingTimeline(ProjectionSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectOrderingTimeline))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Ordering, nameof(ProjectOrderingTimeline), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, OrderTimeline.Kind, cancellationToken);
}
