using EventFunctions.Domain.Payments;
using EventFunctions.Ordering.Saga;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Payments.Steps;

/// <summary>Takes a part of the authorised amount.</summary>
/// <param name="payment">Sends to the payment.</param>
/// <param name="provider">Has the money.</param>
public sealed class CapturePaymentPartActivity(PaymentCommandStep payment, IPaymentProvider provider)
{
    /// <summary>Stands for the provider's id where the rules are asked before there is one; no provider's id is blank.</summary>
    private const string UnknownId = "";

    /// <summary>Takes the step; refused when a rule forbids it or the card is declined after all.</summary>
    [Function(PaymentSteps.CapturePart)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] PaymentStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        var (trace, name) = (step.Trace, step.Step);
        var amount = step.Required();
        // A rule that forbids it is asked before the provider is, for what the provider took it has taken.
        var (allowed, isRecorded) = await payment.TryAsync(trace, name, new RecordCapture(amount, UnknownId), cancellationToken);
        if (isRecorded || !allowed.IsDone)
        {
            return allowed;
        }

        var authorizationId = (await payment.LoadAsync(trace, cancellationToken)).AuthorizationId
            ?? throw new InvalidOperationException($"The payment of order {trace.OrderId} may be captured, though nothing is authorised.");
        switch (await provider.CaptureAsync(authorizationId, amount, trace.CommandId(name), cancellationToken))
        {
            case PaymentAnswer.Approved approved:
                return (await payment.RecordAsync(trace, name, new RecordCapture(amount, approved.Id), cancellationToken)).Outcome;
            case PaymentAnswer.Declined declined:
                return StepOutcome.Refused(declined.Code, declined.Message);
            case var other:
                throw new InvalidOperationException($"A payment is approved or declined, not '{other}'.");
        }
    }
}
