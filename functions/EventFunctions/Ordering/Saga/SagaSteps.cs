using EventFunctions.Payments.Saga;
using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>Takes the steps of one saga and undoes them; refusals and exhausted retries come back as results.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="trace">Whose saga it is.</param>
/// <param name="settings">How patient it is.</param>
/// <param name="suffix">Ends the names of undoing steps, where they are made once more: another attempt is a step of its own.</param>
public sealed class SagaSteps(TaskOrchestrationContext context, SagaTrace trace, OrderSagaSettings settings, string suffix = "")
{
    private const string SecondLook = ":second-look";
    private readonly CompensationStack _compensations = new();
    private readonly PaymentCalls _payments = new(context, trace, settings);
    private readonly TaskOptions _stepOptions = settings.Step.ToOptions();
    private readonly TaskOptions _undoOptions = settings.Undo.ToOptions();

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

    /// <summary>Makes sure that a step about to be attempted will be undone if the saga fails.</summary>
    public Undo Prepare(Undo undo)
    {
        _compensations.Push(undo);
        return undo;
    }

    /// <summary>The same for steps attempted side by side.</summary>
    public void Prepare(IReadOnlyList<Undo> undos) => _compensations.Push(undos);

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
                _compensations.Discard(undo);
            }
        }

        return failure;
    }

    /// <summary>Undoes every step that may have happened, the last first; one that cannot be undone does not stop the others.</summary>
    /// <param name="show">Told the name of each undo before it runs.</param>
    public async Task<IReadOnlyList<FailedUndo>> UndoAllAsync(Action<string> show)
    {
        ArgumentNullException.ThrowIfNull(show);
        var failed = new List<FailedUndo>();
        while (_compensations.Pop() is { } level)
        {
            if (level.Count > 0)
            {
                show(level[0].Activity);
                failed.AddRange((await Task.WhenAll(level.Select(UndoAsync))).OfType<FailedUndo>());
            }
        }

        return failed;
    }

    /// <summary>Undoes steps side by side when nothing that was sent for them can be under way any more.</summary>
    /// <returns>What could not be undone.</returns>
    public async Task<IReadOnlyList<FailedUndo>> UndoWhenSettledAsync(IReadOnlyList<Undo> undos)
    {
        ArgumentNullException.ThrowIfNull(undos);
        await context.CreateTimer(settings.SettleDelay, CancellationToken.None);
        return [.. (await Task.WhenAll(undos.Select(UndoAsync))).OfType<FailedUndo>()];
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
                _compensations.Discard(undo);
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

    private async Task<FailedUndo?> UndoAsync(Undo undo)
    {
        try
        {
            if (undo.Activity == OrderSteps.ReversePayment && _payments.AreSagas)
            {
                return await _payments.ReverseAsync(undo.Step + suffix, undo.IsUncertain) is { } left ? FailedOf(undo, left) : null;
            }

            var outcome = await CallAsync(undo, undo.Step + suffix);
            if (undo.IsUncertain && !outcome.Undid)
            {
                // Nothing there yet. A request that was cut off may still be under way, so look again when it cannot be any more.
                await context.CreateTimer(settings.SettleDelay, CancellationToken.None);
                await CallAsync(undo, undo.Step + suffix + SecondLook);
            }

            return null;
        }
        catch (TaskFailedException exception)
        {
            // Reported in the saga's result and status: an operator has it undone by a resumption.
            return FailedOf(undo, exception.Message);
        }
    }

    private static FailedUndo FailedOf(Undo undo, string error) =>
        new(undo.Step, error) { Product = undo.Product, IsUncertain = undo.IsUncertain };

    private Task<UndoOutcome> CallAsync(Undo undo, string step) =>
        context.CallActivityAsync<UndoOutcome>(undo.Activity, undo.Input(step), _undoOptions);
}
