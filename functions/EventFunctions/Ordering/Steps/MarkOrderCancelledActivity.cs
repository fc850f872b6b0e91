using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Steps;

/// <summary>Cancels the order, with the reason.</summary>
/// <param name="order">Sends to the order.</param>
public sealed class MarkOrderCancelledActivity(OrderCommandStep order)
{
    /// <summary>Takes the step.</summary>
    [Function(OrderSteps.MarkOrderCancelled)]
    public Task<StepOutcome> RunAsync([ActivityTrigger] CancellationStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        return order.SendAsync(step.Trace, step.Step, new CancelOrder(step.Code, step.Reason), cancellationToken);
    }
}
