using EventFunctions.Domain.Payments;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Payments.Steps;

/// <summary>Pays the customer an amount back.</summary>
/// <param name="payment">Sends to the payment.</param>
/// <param name="reversal">Has the money.</param>
public sealed class RefundPaymentActivity(PaymentCommandStep payment, IPaymentReversal reversal)
{
    /// <summary>Stands for the provider's id where the rules are asked before there is one; no provider's id is blank.</summary>
    private const string UnknownId = "";

    /// <summary>Takes the step; refused when a rule forbids it.</summary>
    [Function(PaymentSteps.RefundPayment)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] PaymentStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (trace, name) = (step.Trace, step.Step);
        var amount = step.Required();

        // A rule that forbids it is asked before the provider is, for what the provider paid back is paid back.
        var (allowed, isRecorded) = await payment.TryAsync(trace, name, new RecordRefund(amount, UnknownId), cancellationToken);
        if (isRecorded || !allowed.IsDone)
        {
            return allowed;
        }

        var authorizationId = (await payment.LoadAsync(trace, cancellationToken)).AuthorizationId
            ?? throw new InvalidOperationException($"The payment of order {trace.OrderId} may be refunded, though nothing was ever authorised.");
        var refundId = await reversal.RefundAsync(authorizationId, amount, trace.CommandId(name), cancellationToken);
        return (await payment.RecordAsync(trace, name, new RecordRefund(amount, refundId), cancellationToken)).Outcome;
    }
}
