using EventFunctions.Domain;
using EventFunctions.Domain.Payments;
using EventFunctions.Ordering.Saga;
using EventFunctions.Resilience;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Payments.Steps;

/// <summary>
/// Gives the customer's money back: voids what is authorised, refunds what is captured. Decided by what the provider holds,
/// not by what was recorded here, because an answer may have been lost; what is found out is recorded first.
/// </summary>
/// <param name="payment">Sends to the payment.</param>
/// <param name="provider">Tells the id of a capture whose answer was lost.</param>
/// <param name="reversal">Has the money.</param>
public sealed class ReversePaymentActivity(PaymentCommandStep payment, IPaymentProvider provider, IPaymentReversal reversal)
{
    /// <summary>The reason code of a payment that was never authorised.</summary>
    public const string AbandonedCode = "payment-abandoned";

    /// <summary>Takes the step; there may be nothing to give back.</summary>
    [Function(OrderSteps.ReversePayment)]
    public async Task<UndoOutcome> RunAsync([ActivityTrigger] SagaStep step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(step);
        using var activity = step.Trace.StartActivity(step.Step);
        if (await reversal.FindAsync(step.Trace.OrderId, cancellationToken) is not { } held)
        {
            return await AbandonAsync(step, cancellationToken);
        }

        await RecordAsync(step.Trace, "authorization", new RecordAuthorization(held.Authorized, held.AuthorizationId), cancellationToken);
        if (held.Captured > 0)
        {
            await RefundAsync(step, held, cancellationToken);
        }
        else if (!await VoidAsync(step.Trace, held.AuthorizationId, payment, reversal, cancellationToken))
        {
            // A capture that was still under way came between the look and the void. The next attempt sees it and refunds.
            throw new ProviderUnavailableException("The payment provider", "void", "the authorisation was captured in the meantime");
        }

        return new UndoOutcome(Undid: true);
    }

    /// <summary>Gives an authorisation up, under the same key and the same name whoever does it and how often.</summary>
    /// <returns>Whether it is given up; not where it was captured.</returns>
    internal static async Task<bool> VoidAsync(
        SagaTrace trace, string authorizationId, PaymentCommandStep payment, IPaymentReversal reversal, CancellationToken cancellationToken)
    {
        if (!await reversal.VoidAsync(authorizationId, Key(trace, "void"), cancellationToken))
        {
            return false;
        }

        var (recorded, _) = await payment.RecordAsync(trace, NameOf("void"), new RecordVoid(authorizationId), cancellationToken);
        return UndoOutcome.Of(recorded, undid: true).Undid;
    }

    private static Guid Key(SagaTrace trace, string operation) => trace.CommandId(NameOf(operation));

    private static string NameOf(string what) => $"{OrderSteps.ReversePayment}:{what}";

    private async Task RefundAsync(SagaStep step, HeldPayment held, CancellationToken cancellationToken)
    {
        var state = await payment.LoadAsync(step.Trace, cancellationToken);
        if (state.Captured?.Amount != held.Captured)
        {
            state = await RecordLostCaptureAsync(step, held, cancellationToken);
        }

        if (state is not { Captured: { } captured, Refunded: { } refunded })
        {
            throw new InvalidOperationException($"The payment of order {step.Trace.OrderId} is captured, but not begun.");
        }

        if (refunded == captured)
        {
            return;
        }

        if (held.Refunded != refunded.Amount && held.Refunded != held.Captured)
        {
            // A refund that an operator asked for, and whose answer is on its way: what is left is known once it is recorded.
            throw new ProviderUnavailableException(
                "The payment provider", "refund the rest", $"it has paid {held.Refunded} back, and {refunded} are recorded so far");
        }

        // The rest after what others refunded. Their number is part of the name: another rest is another operation at the provider.
        var name = state.Refunds.Count == 0 ? "refund" : $"refund:{state.Refunds.Count}";
        var rest = captured.Subtract(refunded);
        var refundId = await reversal.RefundAsync(held.AuthorizationId, rest, Key(step.Trace, name), cancellationToken);
        await RecordAsync(step.Trace, name, new RecordRefund(rest, refundId), cancellationToken);
    }

    /// <summary>The saga's capture of the whole got no answer: the same operation again, under its own key, tells it without taking anything.</summary>
    private async Task<Payment> RecordLostCaptureAsync(SagaStep step, HeldPayment held, CancellationToken cancellationToken)
    {
        var captured = new Money(held.Captured, held.Authorized.Currency);
        if (captured != held.Authorized)
        {
            // A part that an operator asked for, and whose answer is on its way.
            throw new ProviderUnavailableException("The payment provider", "refund a capture", $"{captured} of {held.Authorized} are taken, but not recorded yet");
        }

        var again = await provider.CaptureAsync(
            held.AuthorizationId, held.Authorized, step.Trace.CommandId(OrderSteps.CapturePayment), cancellationToken);
        if (again is not PaymentAnswer.Approved approved)
        {
            throw new ProviderContractException("The payment provider", "repeat a capture", $"it holds {captured}, but answers {again}");
        }

        return await RecordAsync(step.Trace, "capture", new RecordCapture(captured, approved.Id), cancellationToken);
    }

    /// <summary>The provider holds nothing, so the payment will not go on.</summary>
    private async Task<UndoOutcome> AbandonAsync(SagaStep step, CancellationToken cancellationToken)
    {
        var state = await payment.LoadAsync(step.Trace, cancellationToken);
        if (state.Status == PaymentStatus.Processing)
        {
            var failure = new RecordFailure(AbandonedCode, "The order was cancelled before the payment was authorised.");
            state = await RecordAsync(step.Trace, "abandoned", failure, cancellationToken);
        }

        if (state is { AuthorizationId: { } authorizationId, Status: not (PaymentStatus.Voided or PaymentStatus.Refunded) })
        {
            // Its books lag behind its answers; what it approved it will show.
            throw new ProviderUnavailableException("The payment provider", "show the ledger", $"authorisation {authorizationId} is not in it yet");
        }

        return new UndoOutcome(Undid: false);
    }

    private async Task<Payment> RecordAsync(SagaTrace trace, string what, PaymentCommand command, CancellationToken cancellationToken)
    {
        var (outcome, state) = await payment.RecordAsync(trace, NameOf(what), command, cancellationToken);
        return outcome.IsDone ? state : throw new UndoRefusedException(outcome.Code!, outcome.Reason!);
    }
}
