using Azure.Messaging.ServiceBus;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Publishing;
using EventFunctions.Shipping.Steps;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Choreography;

/// <summary>On <c>order-paid</c>: orders the shipment from the carrier.</summary>
/// <param name="reaction">Takes the step.</param>
/// <param name="create">Asks the carrier.</param>
/// <param name="shipments">Tell whether that was done.</param>
public sealed class ShipPaidOrder(OrderReaction reaction, CreateShipmentActivity create, IAggregateRepository<Shipment, ShipmentEvent> shipments)
{
    /// <summary>Handles one event.</summary>
    [Function(nameof(ShipPaidOrder))]
    public Task RunAsync(
        [ServiceBusTrigger(EventTopics.Ordering, nameof(ShipPaidOrder), Connection = "ServiceBusConnection", AutoCompleteMessages = false)]
        ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions,
        CancellationToken cancellationToken) =>
        reaction.HandleAsync(message, actions, OrderSteps.CreateShipment, TakeAsync, cancellationToken);

    private async Task<StepOutcome> TakeAsync(StepInHand step, EventEnvelope envelope, CancellationToken cancellationToken)
    {
        var shipment = await shipments.LoadAsync(Shipment.StreamOf(step.Trace.ToOrderId(), step.Trace.Tenant), cancellationToken);
        return shipment.State.Status == ShipmentStatus.None
            ? await create.RunAsync(step.Input, cancellationToken)
            : StepOutcome.Done;
    }
}
