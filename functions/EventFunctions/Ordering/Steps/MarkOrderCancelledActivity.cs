using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Steps;

/// <summary>Cancels the order, with the reason.</summary>
/// <param name="order">Sends to the order.</param>
/// <param name="words">Opens what the customer said.</param>
public sealed class MarkOrderCancelledActivity(OrderCommandStep order, CustomerWords words)
{
    /// <summary>Takes the step.</summary>
    [Function(OrderSteps.MarkOrderCancelled)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] CancellationStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var reason = await words.ReasonOfAsync(step, cancellationToken);
        return await order.SendAsync(step.Trace, step.Step, new CancelOrder(step.Code, reason), cancellationToken);
    }
}
