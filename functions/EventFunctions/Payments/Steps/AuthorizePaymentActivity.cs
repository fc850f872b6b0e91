using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using EventFunctions.Resilience;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Payments.Steps;

/// <summary>Reserves the order's total on the customer's card.</summary>
/// <param name="orders">Has the total and the card.</param>
/// <param name="payment">Sends to the payment.</param>
/// <param name="provider">Has the money.</param>
/// <param name="reversal">Gives back what was authorised too late.</param>
public sealed class AuthorizePaymentActivity(
    OrderCommandStep orders, PaymentCommandStep payment, IPaymentProvider provider, IPaymentReversal reversal)
{
    /// <summary>Takes the step; refused when the card is declined.</summary>
    [Function(OrderSteps.AuthorizePayment)]
    public async Task<StepOutcome> RunAsync([ActivityTrigger] SagaStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        using var activity = step.Trace.StartActivity(step.Step);
        var (trace, name) = step;
        var order = await orders.LoadAsync(trace, cancellationToken);
        if (order is not { Id: { } orderId, Lines.Total: { } total, PaymentToken: { } token })
        {
            throw new InvalidOperationException($"There is no order {trace.OrderId}, though its saga runs.");
        }

        if (order.Status == OrderStatus.Cancelled)
        {
            // An activity may run twice, the second time after everything was undone.
            return StepOutcome.OrderIsCancelled;
        }

        // Recorded before the provider is asked: whatever happens to the answer, it is known that there may be money out there.
        var (started, before) = await payment.RecordAsync(trace, $"{name}:start", new StartPayment(orderId, total), cancellationToken);
        if (!started.IsDone)
        {
            return started;
        }

        if (before.Failure is { } failure)
        {
            // Declined by an attempt whose answer was lost, or given up by the saga: an activity may run again after its undo.
            return StepOutcome.Refused(failure.Code, failure.Reason);
        }

        switch (await provider.AuthorizeAsync(trace.OrderId, total, token.Value, trace.CommandId(name), cancellationToken))
        {
            case PaymentAnswer.Approved approved:
                return await RecordAsync(trace, name, new RecordAuthorization(total, approved.Id), cancellationToken);
            case PaymentAnswer.Declined declined:
                await payment.RecordAsync(trace, $"{name}:declined", new RecordFailure(declined.Code, declined.Message), cancellationToken);
                return StepOutcome.Refused(declined.Code, declined.Message);
            case var other:
                throw new InvalidOperationException($"A payment is approved or declined, not '{other}'.");
        }
    }

    private async Task<StepOutcome> RecordAsync(SagaTrace trace, string name, RecordAuthorization authorization, CancellationToken cancellationToken)
    {
        var (outcome, after) = await payment.RecordAsync(trace, name, authorization, cancellationToken);
        if (!outcome.IsDone)
        {
            // Not refused, which would forget the undo: the money is held.
            throw new ProviderContractException("The payment provider", "authorize", $"{outcome.Reason} ({outcome.Code})");
        }

        if (after.Failure is not { } failure)
        {
            return outcome;
        }

        // The saga looked, found nothing and gave the payment up while the provider was still being asked: its undo, once more.
        await ReversePaymentActivity.VoidAsync(trace, authorization.AuthorizationId, payment, reversal, cancellationToken);
        return StepOutcome.Refused(failure.Code, failure.Reason);
    }
}
