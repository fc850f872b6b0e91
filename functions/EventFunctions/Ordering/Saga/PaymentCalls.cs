using EventFunctions.Payments.Saga;
using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>Calls the saga of the order's payment, and says what its ends mean to the order.</summary>
/// <param name="context">The orchestration that calls.</param>
/// <param name="trace">Whose saga it is.</param>
/// <param name="settings">How patient it is.</param>
public sealed class PaymentCalls(TaskOrchestrationContext context, SagaTrace trace, OrderSagaSettings settings)
{
    /// <summary>Whether payments are orchestrations of their own; not in one that began before they were.</summary>
    public bool AreSagas => context.CompareVersionTo(OrderSaga.PaymentSagaVersion) >= 0;

    /// <summary>Takes a step of the payment.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="operation">What it does.</param>
    /// <returns>Why the order cannot go on, if so, and whether there may be money to give back for all that.</returns>
    public async Task<(SagaFailure? Failure, bool IsOpen)> TakeAsync(string step, PaymentOperation operation)
    {
        PaymentSagaResult result;
        try
        {
            result = await CallAsync(new PaymentSagaInput(trace, operation, step, PaymentSagaSettings.Of(settings)));
        }
        catch (TaskFailedException exception)
        {
            return (SagaSteps.FailureOf(step, exception), true);
        }

        return result switch
        {
            { State: PaymentSagaState.Authorized or PaymentSagaState.Captured } => (null, true),
            { State: PaymentSagaState.Declined or PaymentSagaState.Reversed } => (FailureOf(step, result), false),
            _ => (FailureOf(step, result) with { IsUncertain = true }, true),
        };
    }

    /// <summary>Gives everything back.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="isUncertain">Whether something may still be under way to the provider.</param>
    /// <returns>Why not everything could be given back, if so.</returns>
    /// <exception cref="TaskFailedException">The payment's saga itself failed.</exception>
    public async Task<string?> ReverseAsync(string step, bool isUncertain)
    {
        var result = await CallAsync(
            new PaymentSagaInput(trace, PaymentOperation.Reverse, step, PaymentSagaSettings.Of(settings), IsUncertain: isUncertain));
        return result.State == PaymentSagaState.Reversed ? null : result.Detail ?? result.State;
    }

    private static SagaFailure FailureOf(string step, PaymentSagaResult result) => new(
        step, result.Code ?? SagaFailure.UnavailableCode(step), result.Reason ?? SagaFailure.UnavailableReason(step))
    {
        Detail = result.Detail,
    };

    /// <summary>The payment's saga tries again by itself, so it is called once.</summary>
    private Task<PaymentSagaResult> CallAsync(PaymentSagaInput input) => context.CallSubOrchestratorAsync<PaymentSagaResult>(
        nameof(PaymentSaga), input, new SubOrchestrationOptions(instanceId: PaymentSaga.ChildIdOf(context.InstanceId, input.Operation)));
}
