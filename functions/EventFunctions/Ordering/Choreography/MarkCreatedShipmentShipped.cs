using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Publishing;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Choreography;

/// <summary>On <c>shipment-created</c>: records on the order that it is on its way. From here on nothing is undone.</summary>
/// <param name="reaction">Takes the step.</param>
/// <param name="mark">Records.</param>
public sealed class MarkCreatedShipmentShipped(OrderReaction reaction, MarkOrderShippedActivity mark)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(MarkCreatedShipmentShipped))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Shipping, nameof(MarkCreatedShipmentShipped), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) =>
        reaction.HandleAsync(message, actions, OrderSteps.MarkOrderShipped, TakeAsync, cancellationToken);

    private Task<StepOutcome> TakeAsync(StepInHand step, EventEnvelope envelope, CancellationToken cancellationToken) =>
        mark.RunAsync(step.Input, cancellationToken);
}
