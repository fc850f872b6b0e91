using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Steps;

/// <summary>Records on the order that it is on its way.</summary>
/// <param name="order">Sends to the order.</param>
/// <param name="shipments">The shipments.</param>
public sealed class MarkOrderShippedActivity(OrderCommandStep order, IAggregateRepository<Shipment, ShipmentEvent> shipments)
{
    /// <summary>Takes the step.</summary>
    [Function(OrderSteps.MarkOrderShipped)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] SagaStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var shipment = await shipments.LoadAsync(Shipment.StreamOf(step.Trace.ToOrderId(), step.Trace.Tenant), cancellationToken);
        var trackingNumber = shipment.State.TrackingNumber
            ?? throw new InvalidOperationException($"Order {step.Trace.OrderId} has no shipment, though its saga created one.");
        return await order.SendAsync(step.Trace, step.Step, new ShipOrder(trackingNumber), cancellationToken);
    }
}
