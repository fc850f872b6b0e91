using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Choreography;

/// <summary>On <c>payment-authorized</c>: confirms the order, for goods and money are reserved.</summary>
/// <param name="reaction">Takes the step.</param>
/// <param name="confirm">Confirms.</param>
public sealed class ConfirmAuthorizedOrder(OrderReaction reaction, ConfirmOrderActivity confirm)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ConfirmAuthorizedOrder))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Payments, nameof(ConfirmAuthorizedOrder), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) =>
        reaction.HandleAsync(message, actions, OrderSteps.ConfirmOrder, TakeAsync, cancellationToken);

    private Task<StepOutcome> TakeAsync(StepInHand step, EventEnvelope envelope, CancellationToken cancellationToken) =>
        confirm.RunAsync(step.Input, cancellationToken);
}
