using EventFunctions.Payments.Saga;
using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>Takes the steps of one saga; refusals and exhausted retries come back as results.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="trace">Whose saga it is.</param>
/// <param name="settings">How patient it is.</param>
/// <param name="suffix">Ends the names of undoing steps, where they are made once more: another attempt is a step of its own.</param>
public sealed class SagaSteps(TaskOrchestrationContext context, SagaTrace trace, OrderSagaSettings settings, string suffix = "")
{
    private readonly PaymentCalls _payments = new(context, trace, settings);
    private readonly TaskOptions _stepOptions = settings.Step.ToOptions();
    private readonly TaskOptions _undoOptions = settings.Undo.ToOptions();

    /// <summary>What undoes the steps.</summary>
    public Compensation Compensation { get; } = new(context, trace, settings, suffix);

    /// <summary>What an exhausted step is to the saga.</summary>
    public static SagaFailure FailureOf(string activity, TaskFailedException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new SagaFailure(activity, SagaFailure.UnavailableCode(activity), SagaFailure.UnavailableReason(activity))
        {
            Detail = $"{activity} gave up: {exception.FailureDetails?.ErrorMessage ?? exception.Message}",
            IsUncertain = true,
        };
    }

    /// <summary>Takes a step.</summary>
    /// <param name="activity">The activity, which is also the step's name.</param>
    /// <param name="stepInput">Its input, by the step's name.</param>
    /// <param name="undo">How it is undone, as prepared.</param>
    public Task<SagaFailure?> TakeAsync(string activity, Func<string, object> stepInput, Undo? undo) => TakeAsync(activity, stepInput, undo, _stepOptions);

    /// <summary>Takes a step of the payment: an orchestration of its own, or the bare step where this orchestration is older than that.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="operation">What it does.</param>
    /// <param name="undo">How it is undone, as prepared.</param>
    public async Task<SagaFailure?> PayAsync(string step, PaymentOperation operation, Undo? undo)
    {
        if (!_payments.AreSagas)
        {
            return await TakeAsync(step, name => new SagaStep(trace, name), undo);
        }

        var (failure, isOpen) = await _payments.TakeAsync(step, operation);
        if (undo is not null)
        {
            undo.IsUncertain = failure is { IsUncertain: true };
            if (failure is not null && !isOpen)
            {
                Compensation.Discard(undo);
            }
        }

        return failure;
    }

    /// <summary>Cancels the order.</summary>
    /// <returns>The order's answer, or the error after all retries.</returns>
    public async Task<(StepOutcome? Outcome, string? Error)> CancelOrderAsync(SagaFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        try
        {
            var step = new CancellationStep(trace, OrderSteps.MarkOrderCancelled + suffix, failure.Code, failure.Reason, failure.SealedReason);
            return (await context.CallActivityAsync<StepOutcome>(OrderSteps.MarkOrderCancelled, step, _undoOptions), null);
        }
        catch (TaskFailedException exception)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>Cancels the order when everything is undone.</summary>
    /// <returns>What is left to do: nothing, or just that.</returns>
    public async Task<IReadOnlyList<FailedUndo>> CancelAtLastAsync(SagaFailure failure)
    {
        var (cancelled, error) = await CancelOrderAsync(failure);
        return cancelled is { IsDone: true }
            ? []
            : [new FailedUndo(OrderSteps.MarkOrderCancelled, error ?? cancelled?.Reason ?? "The order cannot be cancelled.")];
    }

    /// <summary>Takes the products of a shipped order off the stock.</summary>
    /// <returns>Why it could not be done, and of which products.</returns>
    public async Task<(SagaFailure? Failure, IReadOnlyList<PlannedProduct> Left)> CommitAsync(IReadOnlyList<PlannedProduct> products)
    {
        ArgumentNullException.ThrowIfNull(products);
        var failures = await Task.WhenAll(products.Select(p =>
            TakeAsync(OrderSteps.CommitStock, _ => StockStepFor(OrderSteps.CommitStock, p), undo: null, _undoOptions)));
        return (failures.FirstOrDefault(f => f is not null), [.. products.Where((_, i) => failures[i] is not null)]);
    }

    /// <summary>Records that the parcel arrived.</summary>
    /// <returns>Why that could not be recorded.</returns>
    public Task<SagaFailure?> DeliverOrderAsync(DeliveryNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return TakeAsync(
            OrderSteps.MarkOrderDelivered, step => new DeliveryStep(trace, step, notice.DeliveredAt), undo: null, _undoOptions);
    }

    /// <summary>The input of a step that happens once per product.</summary>
    public StockStep StockStepFor(string activity, PlannedProduct product)
    {
        ArgumentNullException.ThrowIfNull(product);
        return new StockStep(trace, OrderSteps.ForProduct(activity, product.ProductId), product.ProductId, product.Quantity);
    }

    private async Task<SagaFailure?> TakeAsync(string activity, Func<string, object> stepInput, Undo? undo, TaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(stepInput);
        try
        {
            var outcome = await context.CallActivityAsync<StepOutcome>(activity, stepInput(activity), options);
            if (outcome.IsDone)
            {
                return null;
            }

            if (undo is not null)
            {
                Compensation.Discard(undo);
            }

            return new SagaFailure(activity, outcome.Code!, outcome.Reason!);
        }
        catch (TaskFailedException exception)
        {
            // All retries are used up and it is not known what they did: the undo has to find out.
            if (undo is not null)
            {
                undo.IsUncertain = true;
            }

            return FailureOf(activity, exception);
        }
    }
}
