using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Shipping.Steps;

/// <summary>Orders the shipment from the carrier.</summary>
/// <param name="orders">Has the address.</param>
/// <param name="shipments">The shipments.</param>
/// <param name="carrier">Has the vans.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class CreateShipmentActivity(
    OrderCommandStep orders,
    IAggregateRepository<Shipment, ShipmentEvent> shipments,
    ICarrier carrier,
    TimeProvider timeProvider)
{
    /// <summary>Takes the step; refused when the carrier does not go there.</summary>
    [Function(OrderSteps.CreateShipment)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] SagaStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        using var activity = step.Trace.StartActivity(step.Step);
        var (trace, name) = step;
        var orderId = trace.ToOrderId();
        var order = await orders.LoadAsync(trace, cancellationToken);
        var address = order.ShippingAddress ?? throw new InvalidOperationException($"There is no order {trace.OrderId}, though its saga runs.");
        if (order.Status == OrderStatus.Cancelled)
        {
            // An activity may run twice, the second time after everything was undone.
            return StepOutcome.OrderIsCancelled;
        }

        if (!address.IsRecorded)
        {
            return StepOutcome.AddressNotRecorded;
        }

        switch (await carrier.CreateAsync(trace.OrderId, address, trace.CommandId(name), cancellationToken))
        {
            case CarrierAnswer.Accepted accepted:
                var command = new CreateShipment(
                    orderId, accepted.CarrierShipmentId, accepted.TrackingNumber, address, order.CustomerId);
                var recorded = StepOutcome.Of(await shipments.ExecuteAsync(
                    Shipment.StreamOf(orderId, trace.Tenant),
                    trace.Command(name),
                    shipment => ShipmentDecider.Decide(shipment, command, timeProvider.GetUtcNow()),
                    cancellationToken));
                if (!recorded.IsDone)
                {
                    // A refused step is not undone, so what the carrier was asked for must not be left behind.
                    await carrier.CancelAsync(accepted.CarrierShipmentId, cancellationToken);
                }

                return recorded;
            case CarrierAnswer.Refused refused:
                return StepOutcome.Refused(refused.Code, refused.Message);
            case var other:
                throw new InvalidOperationException($"A shipment is accepted or refused, not '{other}'.");
        }
    }
}
