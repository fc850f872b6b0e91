using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Payments;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Choreography;

/// <summary>On <c>payment-failed</c>: cancels the order, for the reason the payment failed for.</summary>
/// <param name="subscription">Reads and settles.</param>
/// <param name="reaction">Cancels.</param>
public sealed class CancelUnpaidOrder(EventSubscription subscription, OrderReaction reaction)
{
    /// <summary>Handles one event; a payment that was given up because its order is cancelled changes nothing.</summary>
    [Function(nameof(CancelUnpaidOrder))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Payments, nameof(CancelUnpaidOrder), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) => subscription.HandleAsync(
            message,
            actions,
            (envelope, token) => envelope.Data is PaymentFailed failed
                ? reaction.CancelAsync(OrderReaction.TraceOf(envelope), failed.ReasonCode, failed.Reason, token)
                : Task.CompletedTask,
            cancellationToken);
}
