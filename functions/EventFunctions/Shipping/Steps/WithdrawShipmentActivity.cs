using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Shipping.Steps;

/// <summary>Calls the shipment off. Decided by what the carrier has, because its answer may have been lost.</summary>
/// <param name="shipments">The shipments.</param>
/// <param name="carrier">Has the vans.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class WithdrawShipmentActivity(
    IAggregateRepository<Shipment, ShipmentEvent> shipments, ICarrier carrier, TimeProvider timeProvider)
{
    /// <summary>Takes the step; there may be no shipment.</summary>
    [Function(OrderSteps.WithdrawShipment)]
    public async Task<UndoOutcome> RunAsync([ActivityTrigger] SagaStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        using var activity = step.Trace.StartActivity(step.Step);
        var (trace, name) = step;
        var carrierShipmentId = await carrier.FindAsync(trace.OrderId, cancellationToken);
        if (carrierShipmentId is not null)
        {
            await carrier.CancelAsync(carrierShipmentId, cancellationToken);
        }

        // Also where the carrier has nothing any more: an earlier attempt may have got no further than the carrier.
        var result = await shipments.ExecuteAsync(
            Shipment.StreamOf(trace.ToOrderId(), trace.Tenant),
            trace.Command(name),
            shipment => ShipmentDecider.Decide(shipment, new CancelShipment("The order was cancelled."), timeProvider.GetUtcNow()),
            cancellationToken);
        return UndoOutcome.Of(StepOutcome.Of(result), carrierShipmentId is not null);
    }
}
