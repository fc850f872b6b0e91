using Azure.Messaging.ServiceBus;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Views;

/// <summary>Adds the events of the Payment context to the timelines of orders. In any order: each entry stands for itself.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="timeline">Keeps the entries.</param>
public sealed class ProjectPaymentTimeline(EventSubscription subscription, OrderTimeline timeline)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectPaymentTimeline))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Payments, nameof(ProjectPaymentTimeline), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, timeline.AddAsync, cancellationToken);
}
