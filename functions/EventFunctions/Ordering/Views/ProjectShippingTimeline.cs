using Azure.Messaging.ServiceBus;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Views;

/// <summary>Adds the events of the Shipping context to the timelines of orders. In any order: each entry stands for itself.</summary>
/// <param name="subscription">Reads, applies and settles.</param>
public sealed class ProjectShippingTimeline(ProjectionSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectShippingTimeline))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Shipping, nameof(ProjectShippingTimeline), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, OrderTimeline.Kind, cancellationToken);
}
