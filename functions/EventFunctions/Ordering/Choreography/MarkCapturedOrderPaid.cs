using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Choreography;

/// <summary>On <c>payment-captured</c>: records on the order that it is paid.</summary>
/// <param name="reaction">Takes the step.</param>
/// <param name="mark">Records.</param>
public sealed class MarkCapturedOrderPaid(OrderReaction reaction, MarkOrderPaidActivity mark)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(MarkCapturedOrderPaid))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Payments, nameof(MarkCapturedOrderPaid), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) =>
        reaction.HandleAsync(message, actions, OrderSteps.MarkOrderPaid, TakeAsync, cancellationToken);

    private Task<StepOutcome> TakeAsync(StepInHand step, EventEnvelope envelope, CancellationToken cancellationToken) =>
        mark.RunAsync(step.Input, cancellationToken);
}
