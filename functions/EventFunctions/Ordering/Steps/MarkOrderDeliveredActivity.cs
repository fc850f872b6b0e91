using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Steps;

/// <summary>Records on the order that it arrived.</summary>
/// <param name="order">Sends to the order.</param>
public sealed class MarkOrderDeliveredActivity(OrderCommandStep order)
{
    /// <summary>Takes the step.</summary>
    /// <exception cref="InvalidOperationException">The order cannot have been delivered: it was never shipped.</exception>
    [Function(OrderSteps.MarkOrderDelivered)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] DeliveryStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var outcome = await order.SendAsync(step.Trace, step.Step, new DeliverOrder(step.DeliveredAt), cancellationToken);
        return outcome.IsDone
            ? outcome
            : throw new InvalidOperationException($"The delivery of order {step.Trace.OrderId} was refused: {outcome.Reason} ({outcome.Code})");
    }
}
