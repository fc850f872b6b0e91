using Azure.Messaging.ServiceBus;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Reviews;

/// <summary>Keeps <see cref="OrderReviewView"/>. Events that neither begin nor end a review pass it by without a request; it gets them, so that its lag is told.</summary>
/// <param name="subscription">Reads, applies and settles.</param>
public sealed class ProjectOrderReviews(ProjectionSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectOrderReviews))]
    public Task RunAsync(
        [ServiceBusTrigger(
            EventTopics.Ordering,
            nameof(ProjectOrderReviews),
            Connection = "ServiceBusConnection",
            IsSessionsEnabled = true,
            AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, OrderReviewQueue.Kind, cancellationToken);
}
