using EventFunctions.Domain.Payments;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Payments.Steps;

/// <summary>Gives the authorisation up.</summary>
/// <param name="payment">Sends to the payment.</param>
/// <param name="reversal">Has the money.</param>
public sealed class VoidPaymentActivity(PaymentCommandStep payment, IPaymentReversal reversal)
{
    /// <summary>Takes the step; refused where nothing is authorised, or money was taken already.</summary>
    [Function(PaymentSteps.VoidPayment)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] PaymentStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        if ((await payment.LoadAsync(step.Trace, cancellationToken)).AuthorizationId is not { } authorizationId)
        {
            return StepOutcome.Refused(PaymentRejections.NotAuthorized, "Nothing is authorised.");
        }

        return await ReversePaymentActivity.VoidAsync(step.Trace, authorizationId, payment, reversal, cancellationToken)
            ? StepOutcome.Done
            : StepOutcome.Refused(PaymentRejections.Captured, "The payment is captured; it can only be refunded.");
    }
}
