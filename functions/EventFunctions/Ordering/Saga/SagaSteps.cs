using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>Takes the steps of one saga and undoes them; refusals and exhausted retries come back as results.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="input">What it was started with.</param>
public sealed class SagaSteps(TaskOrchestrationContext context, OrderSagaInput input)
{
    private const string SecondLook = ":second-look";
    private readonly CompensationStack _compensations = new();
    private readonly TaskOptions _stepOptions = input.Settings.Step.ToOptions();
    private readonly TaskOptions _undoOptions = input.Settings.Undo.ToOptions();

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

    /// <summary>Takes a step that is never undone, as patiently as an undo: there is no way back.</summary>
    /// <param name="activity">The activity, which is also the step's name.</param>
    /// <param name="stepInput">Its input, by the step's name.</param>
    public Task<SagaFailure?> TakeForwardAsync(string activity, Func<string, object> stepInput) => TakeAsync(activity, stepInput, undo: null, _undoOptions);

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

    /// <summary>Cancels the order.</summary>
    /// <returns>The order's answer, or the error after all retries.</returns>
    public async Task<(StepOutcome? Outcome, string? Error)> CancelOrderAsync(SagaFailure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        try
        {
            var step = new CancellationStep(input.Trace, OrderSteps.MarkOrderCancelled, failure.Code, failure.Reason, failure.SealedReason);
            return (await context.CallActivityAsync<StepOutcome>(OrderSteps.MarkOrderCancelled, step, _undoOptions), null);
        }
        catch (TaskFailedException exception)
        {
            return (null, exception.Message);
        }
    }

    /// <summary>Records that the parcel arrived. There is nothing to fall back on: if that cannot be recorded, the saga fails visibly.</summary>
    public Task DeliverOrderAsync(DeliveryNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var step = new DeliveryStep(input.Trace, OrderSteps.MarkOrderDelivered, notice.DeliveredAt);
        return context.CallActivityAsync<StepOutcome>(OrderSteps.MarkOrderDelivered, step, _undoOptions);
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
            var outcome = await CallAsync(undo, undo.Step);
            if (undo.IsUncertain && !outcome.Undid)
            {
                // Nothing there yet. A request that was cut off may still be under way, so look again when it cannot be any more.
                await context.CreateTimer(input.Settings.SettleDelay, CancellationToken.None);
                await CallAsync(undo, undo.Step + SecondLook);
            }

            return null;
        }
        catch (TaskFailedException exception)
        {
            // Reported in the saga's result and status: an operator has to undo it.
            return new FailedUndo(undo.Step, exception.Message);
        }
    }

    private Task<UndoOutcome> CallAsync(Undo undo, string step) =>
        context.CallActivityAsync<UndoOutcome>(undo.Activity, undo.Input(step), _undoOptions);
}
