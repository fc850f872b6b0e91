using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Payments.Steps;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Choreography;

/// <summary>On <c>order-confirmed</c>: takes the money.</summary>
/// <param name="reaction">Takes the step.</param>
/// <param name="capture">Asks the provider.</param>
/// <param name="payments">Tells whether that was done.</param>
/// <param name="orders">Tells whether the order still stands.</param>
public sealed class CaptureConfirmedPayment(OrderReaction reaction, CapturePaymentActivity capture, PaymentCommandStep payments, OrderCommandStep orders)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(CaptureConfirmedPayment))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Ordering, nameof(CaptureConfirmedPayment), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) =>
        reaction.HandleAsync(message, actions, OrderSteps.CapturePayment, TakeAsync, cancellationToken);

    private async Task<StepOutcome> TakeAsync(StepInHand step, EventEnvelope envelope, CancellationToken cancellationToken)
    {
        if ((await orders.LoadAsync(step.Trace, cancellationToken)).Status == OrderStatus.Cancelled)
        {
            return StepOutcome.OrderIsCancelled;
        }

        return (await payments.LoadAsync(step.Trace, cancellationToken)).Captures.IsEmpty
            ? await capture.RunAsync(step.Input, cancellationToken)
            : StepOutcome.Done;
    }
}
