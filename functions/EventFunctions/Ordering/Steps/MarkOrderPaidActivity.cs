using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;
using EventFunctions.Payments.Steps;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Ordering.Steps;

/// <summary>Records on the order what its payment took.</summary>
/// <param name="order">Sends to the order.</param>
/// <param name="payment">Has what was taken.</param>
public sealed class MarkOrderPaidActivity(OrderCommandStep order, PaymentCommandStep payment)
{
    /// <summary>Takes the step.</summary>
    [Function(OrderSteps.MarkOrderPaid)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] SagaStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var captured = (await payment.LoadAsync(step.Trace, cancellationToken)).Captured
            ?? throw new InvalidOperationException($"Order {step.Trace.OrderId} has no payment, though its saga took one.");
        return await order.SendAsync(step.Trace, step.Step, new PayOrder(captured), cancellationToken);
    }
}
