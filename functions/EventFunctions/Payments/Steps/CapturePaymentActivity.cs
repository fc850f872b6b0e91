using EventFunctions.Domain.Payments;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Payments.Steps;

/// <summary>Takes the authorised amount.</summary>
/// <param name="payment">Sends to the payment.</param>
/// <param name="provider">Has the money.</param>
public sealed class CapturePaymentActivity(PaymentCommandStep payment, IPaymentProvider provider)
{
    /// <summary>Takes the step; refused when the card is declined after all.</summary>
    [Function(OrderSteps.CapturePayment)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] SagaStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        using var activity = step.Trace.StartActivity(step.Step);
        var (trace, name) = step;
        var state = await payment.LoadAsync(trace, cancellationToken);
        if (state is not { AuthorizationId: { } authorizationId, Amount: { } amount })
        {
            throw new InvalidOperationException($"The payment of order {trace.OrderId} is not authorised, though its saga did that.");
        }

        switch (await provider.CaptureAsync(authorizationId, amount, trace.CommandId(name), cancellationToken))
        {
            case PaymentAnswer.Approved approved:
                var (outcome, _) = await payment.RecordAsync(trace, name, new RecordCapture(amount, approved.Id), cancellationToken);
                return outcome;
            case PaymentAnswer.Declined declined:
                await payment.RecordAsync(trace, $"{name}:declined", new RecordFailure(declined.Code, declined.Message), cancellationToken);
                return StepOutcome.Refused(declined.Code, declined.Message);
            case var other:
                throw new InvalidOperationException($"A payment is approved or declined, not '{other}'.");
        }
    }
}
