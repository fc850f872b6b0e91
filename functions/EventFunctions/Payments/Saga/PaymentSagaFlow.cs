using EventFunctions.Ordering.Saga;
using EventFunctions.Payments.Steps;
using Microsoft.DurableTask;

namespace EventFunctions.Payments.Saga;

/// <summary>One operation's way through its steps. Lives for one episode of the orchestrator and may await nothing but durable tasks.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="input">What it was started with.</param>
public sealed class PaymentSagaFlow(TaskOrchestrationContext context, PaymentSagaInput input)
{
    /// <summary>The step that looks again for what an operation without an answer may have done.</summary>
    private const string SecondLook = ":second-look";

    private readonly SagaProgress _progress = new(context, PaymentSagaState.Transitions);

    private PaymentStep Step => new(input.Trace, input.Step, input.Amount);

    /// <summary>Carries the operation out.</summary>
    public Task<PaymentSagaResult> RunAsync() => input.Operation switch
    {
        PaymentOperation.Authorize => AuthorizeAsync(),
        PaymentOperation.Capture when input.Amount is null =>
            TakeAsync(PaymentSagaState.Captured, OrderSteps.CapturePayment, new SagaStep(input.Trace, input.Step)),
        PaymentOperation.Capture => TakeAsync(PaymentSagaState.Captured, PaymentSteps.CapturePart, Step),
        PaymentOperation.Void => TakeAsync(PaymentSagaState.Voided, PaymentSteps.VoidPayment, Step),
        PaymentOperation.Refund => TakeAsync(PaymentSagaState.Refunded, PaymentSteps.RefundPayment, Step),
        PaymentOperation.Reverse => ReverseAsync(input.Step, input.IsUncertain, because: null),
        _ => throw new InvalidOperationException($"There is no operation '{input.Operation}' on a payment."),
    };

    /// <summary>A hold that nobody knows of must not stay, so one without an answer is looked for and given up at once.</summary>
    private async Task<PaymentSagaResult> AuthorizeAsync()
    {
        Show(PaymentSagaState.FirstOf(input.Operation));
        var (outcome, error) = await CallAsync(OrderSteps.AuthorizePayment, new SagaStep(input.Trace, input.Step));
        return outcome is not null
            ? EndOf(outcome, PaymentSagaState.Authorized)
            : await ReverseAsync(OrderSteps.ReversePayment, isUncertain: true, Unavailable(PaymentSagaState.Reversed, OrderSteps.AuthorizePayment, error));
    }

    private async Task<PaymentSagaResult> TakeAsync(string done, string activity, object stepInput)
    {
        Show(PaymentSagaState.FirstOf(input.Operation));
        var (outcome, error) = await CallAsync(activity, stepInput);
        return outcome is not null ? EndOf(outcome, done) : End(Unavailable(PaymentSagaState.Unanswered, OrderSteps.CapturePayment, error));
    }

    /// <summary>Gives everything back.</summary>
    /// <param name="step">The reversing step's name, unique inside the order.</param>
    /// <param name="isUncertain">Whether something may still be under way to the provider.</param>
    /// <param name="because">The failure that made it necessary, where it is not what was asked for.</param>
    private async Task<PaymentSagaResult> ReverseAsync(string step, bool isUncertain, PaymentSagaResult? because)
    {
        Show(PaymentSagaState.Reversing, because?.Code);
        try
        {
            var found = await LookAndReverseAsync(step);
            if (isUncertain && !found.Undid)
            {
                // Nothing there yet. A request that was cut off may still be under way, so look again when it cannot be any more.
                await context.CreateTimer(input.Settings.SettleDelay, CancellationToken.None);
                await LookAndReverseAsync(step + SecondLook);
            }
        }
        catch (TaskFailedException exception)
        {
            var error = exception.FailureDetails?.ErrorMessage ?? exception.Message;
            return End(new PaymentSagaResult(PaymentSagaState.ReversalFailed, because?.Code, because?.Reason, error));
        }

        return End(because ?? new PaymentSagaResult(PaymentSagaState.Reversed));
    }

    private Task<UndoOutcome> LookAndReverseAsync(string step) => context.CallActivityAsync<UndoOutcome>(
        OrderSteps.ReversePayment, new SagaStep(input.Trace, step), input.Settings.Undo.ToOptions());

    private async Task<(StepOutcome? Outcome, string? Error)> CallAsync(string activity, object stepInput)
    {
        try
        {
            return (await context.CallActivityAsync<StepOutcome>(activity, stepInput, input.Settings.Step.ToOptions()), null);
        }
        catch (TaskFailedException exception)
        {
            // All retries are used up and it is not known what they did.
            return (null, $"{activity} gave up: {exception.FailureDetails?.ErrorMessage ?? exception.Message}");
        }
    }

    private static PaymentSagaResult Unavailable(string state, string step, string? error) =>
        new(state, SagaFailure.UnavailableCode(step), SagaFailure.UnavailableReason(step), error);

    private PaymentSagaResult EndOf(StepOutcome outcome, string done) => End(
        outcome.IsDone ? new PaymentSagaResult(done) : new PaymentSagaResult(PaymentSagaState.Declined, outcome.Code, outcome.Reason));

    private PaymentSagaResult End(PaymentSagaResult result)
    {
        Show(result.State, result.Code);
        return result;
    }

    private void Show(string state, string? code = null) => _progress.Show(state, new PaymentSagaStatus(state, input.Operation, code));
}
