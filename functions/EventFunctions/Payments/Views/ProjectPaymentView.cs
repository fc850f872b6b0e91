using Azure.Messaging.ServiceBus;
using EventFunctions.Projections;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Payments.Views;

/// <summary>Keeps <see cref="PaymentView"/>; the messages of one payment come one after the other.</summary>
/// <param name="subscription">Reads, applies and settles.</param>
public sealed class ProjectPaymentView(ProjectionSubscription subscription)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ProjectPaymentView))]
    public Task RunAsync(
        [ServiceBusTrigger(
            EventTopics.Payments,
            nameof(ProjectPaymentView),
            Connection = "ServiceBusConnection",
            IsSessionsEnabled = true,
            AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(message, actions, PaymentViewProjection.Kind, cancellationToken);
}
