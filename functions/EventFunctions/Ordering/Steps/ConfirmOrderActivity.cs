using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Steps;

/// <summary>Confirms the order: the goods and the money are reserved.</summary>
/// <param name="order">Sends to the order.</param>
public sealed class ConfirmOrderActivity(OrderCommandStep order)
{
    /// <summary>Takes the step.</summary>
    [Function(OrderSteps.ConfirmOrder)]
    public Task<StepOutcome> RunAsync([ActivityTrigger] SagaStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        return order.SendAsync(step.Trace, step.Step, new ConfirmOrder(), cancellationToken);
    }
}
