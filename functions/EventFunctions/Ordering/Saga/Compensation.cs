using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>Undoes the steps of one saga; an undo whose retries are used up comes back as a result.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="trace">Whose saga it is.</param>
/// <param name="settings">How patient it is.</param>
/// <param name="suffix">Ends the names of undoing steps, where they are made once more: another attempt is a step of its own.</param>
public sealed class Compensation(TaskOrchestrationContext context, SagaTrace trace, OrderSagaSettings settings, string suffix = "")
{
    private const string SecondLook = ":second-look";
    private readonly CompensationStack _stack = new();
    private readonly PaymentCalls _payments = new(context, trace, settings);
    private readonly TaskOptions _undoOptions = settings.Undo.ToOptions();

    /// <summary>Makes sure that a step about to be attempted will be undone if the saga fails.</summary>
    public Undo Prepare(Undo undo)
    {
        _stack.Push(undo);
        return undo;
    }

    /// <summary>The same for steps attempted side by side.</summary>
    public void Prepare(IReadOnlyList<Undo> undos) => _stack.Push(undos);

    /// <summary>Forgets an undo: its step was refused, so nothing happened.</summary>
    public void Discard(Undo undo) => _stack.Discard(undo);

    /// <summary>Undoes every step that may have happened, the last first; one that cannot be undone does not stop the others.</summary>
    /// <param name="show">Told the name of each undo before it runs.</param>
    public async Task<IReadOnlyList<FailedUndo>> UndoAllAsync(Action<string> show)
    {
        ArgumentNullException.ThrowIfNull(show);
        var failed = new List<FailedUndo>();
        while (_stack.Pop() is { } level)
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
