using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>Shows where an order's saga stands.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="state">The state it begins in.</param>
public sealed class OrderSagaProgress(TaskOrchestrationContext context, string state = StateTransitions.Start)
{
    private readonly SagaProgress _progress = new(context, OrderSagaState.Transitions, state);

    /// <summary>Goes to a state, or stays in it.</summary>
    /// <param name="next">One of <see cref="OrderSagaState"/>.</param>
    /// <param name="step">The step it is at.</param>
    /// <param name="code">Why the order is being cancelled, if it is.</param>
    /// <exception cref="InvalidOperationException">The table of transitions does not have it.</exception>
    public void Show(string next, string step, string? code = null) => _progress.Show(next, new OrderSagaStatus(next, step, code));

    /// <summary>Goes to an end.</summary>
    /// <returns>The result.</returns>
    public OrderSagaResult End(OrderSagaResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Show(result.State, "end", result.Code);
        return result;
    }

    /// <summary>Goes to an end because of a failure.</summary>
    /// <returns>The result.</returns>
    public OrderSagaResult End(string next, SagaFailure failure, IReadOnlyList<FailedUndo> notUndone)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(notUndone);
        return End(new OrderSagaResult(
            next, failure.Code, failure.Detail ?? failure.Reason, failure.Step, notUndone.Count == 0 ? null : notUndone)
        {
            CustomerReason = failure.Detail is null ? null : failure.Reason,
        });
    }

    /// <summary>Ends a saga that does not know whether its order was shipped: nothing may be undone before the order tells.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="error">Why the order did not tell.</param>
    /// <param name="heardOfDelivery">When the parcel arrived, where word of it came to this saga: it is still to be recorded on the order.</param>
    /// <returns>The result.</returns>
    public OrderSagaResult EndUndecided(SagaFailure failure, string? error, DateTimeOffset? heardOfDelivery)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var unknown = new FailedUndo(OrderSteps.MarkOrderCancelled, $"{error} Whether the order was shipped is not known, so nothing was undone.");
        return End(new OrderSagaResult(
            OrderSagaState.CompensationFailed, failure.Code, failure.Detail ?? failure.Reason, failure.Step, [unknown])
        {
            CustomerReason = failure.Reason,
            IsShipmentUnknown = true,
            NotRecordedDelivery = heardOfDelivery,
        });
    }

    /// <summary>Ends a saga whose order is shipped, but not all of what follows could be recorded.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="notCommitted">The products that are still to be taken off the stock.</param>
    /// <param name="notRecordedDelivery">The delivery that is still to be recorded on the order, if there was one.</param>
    /// <returns>The result.</returns>
    public OrderSagaResult EndIncomplete(SagaFailure failure, IReadOnlyList<PlannedProduct> notCommitted, DateTimeOffset? notRecordedDelivery)
    {
        ArgumentNullException.ThrowIfNull(failure);
        ArgumentNullException.ThrowIfNull(notCommitted);
        return End(new OrderSagaResult(OrderSagaState.CompletionFailed, failure.Code, failure.Detail ?? failure.Reason, failure.Step)
        {
            NotCommitted = notCommitted.Count == 0 ? null : notCommitted,
            NotRecordedDelivery = notRecordedDelivery,
        });
    }
}
