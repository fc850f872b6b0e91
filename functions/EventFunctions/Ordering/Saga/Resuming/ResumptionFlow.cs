using System.Globalization;
using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga.Resuming;

/// <summary>A resumption's way through what is left to do. Lives for one episode of the orchestrator and may await nothing but durable tasks.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="input">What it was started with.</param>
public sealed class ResumptionFlow(TaskOrchestrationContext context, ResumptionInput input)
{
    private readonly SagaSteps _steps = new(
        context, input.Trace, input.Settings, string.Create(CultureInfo.InvariantCulture, $":resume-{input.Number}"));

    private readonly OrderSagaProgress _progress = new(context, input.From.State);

    /// <summary>Why the order did not go on, as the saga found it.</summary>
    private SagaFailure Failure { get; } = new(
        input.From.FailedStep ?? OrderSteps.MarkOrderCancelled,
        input.From.Code ?? "processing-failed",
        input.From.CustomerReason ?? input.From.Reason ?? "The order could not be processed.")
    {
        Detail = input.From.CustomerReason is null ? null : input.From.Reason,
    };

    /// <summary>Runs the resumption to its end.</summary>
    public Task<OrderSagaResult> RunAsync() => input.From switch
    {
        { State: OrderSagaState.CompletionFailed } from => CompleteAsync(from.NotCommitted ?? [], from.NotRecordedDelivery),
        { State: OrderSagaState.CompensationFailed, IsShipmentUnknown: true } => DecideAsync(),
        { State: OrderSagaState.CompensationFailed } from =>
            CompensateAsync([.. (from.NotUndone ?? []).Select(f => OrderUndos.Again(input.Trace, f)).OfType<Undo>()]),
        var other => throw new InvalidOperationException($"A saga that ended as {other.State} has nothing that could be resumed."),
    };

    /// <summary>It was not known whether the order is shipped: the order is asked again, and then the way leads back or forward.</summary>
    private async Task<OrderSagaResult> DecideAsync()
    {
        _progress.Show(OrderSagaState.Resuming, OrderSteps.MarkOrderCancelled, Failure.Code);
        var (cancelled, error) = await _steps.CancelOrderAsync(Failure);
        if (cancelled is null)
        {
            return _progress.EndUndecided(Failure, error, input.From.NotRecordedDelivery);
        }

        try
        {
            var order = await context.CallActivityAsync<OrderFacts>(
                OrderSteps.ReadOrder, new SagaStep(input.Trace, OrderSteps.ReadOrder), input.Settings.Undo.ToOptions());
            return cancelled.IsDone ? await CompensateAsync(EveryUndo(order)) : await CompleteAsync(order.Products, input.From.NotRecordedDelivery);
        }
        catch (TaskFailedException exception)
        {
            return _progress.EndUndecided(Failure, exception.Message, input.From.NotRecordedDelivery);
        }
    }

    /// <summary>All that the steps before the last one may have done, the last first.</summary>
    private IReadOnlyList<Undo> EveryUndo(OrderFacts order) =>
    [
        OrderUndos.WithdrawShipment(input.Trace),
        OrderUndos.ReversePayment(input.Trace),
        .. order.Products.Select(p => OrderUndos.ReleaseStock(input.Trace, p)),
    ];

    /// <param name="undos">The first to run first.</param>
    private async Task<OrderSagaResult> CompensateAsync(IReadOnlyList<Undo> undos)
    {
        foreach (var undo in undos.Reverse())
        {
            _steps.Compensation.Prepare(undo);
        }

        _progress.Show(OrderSagaState.Resuming, OrderSteps.MarkOrderCancelled, Failure.Code);
        var notUndone = await _steps.Compensation.UndoAllAsync(undo => _progress.Show(OrderSagaState.Resuming, undo, Failure.Code));
        notUndone = [.. notUndone, .. await _steps.CancelAtLastAsync(Failure)];
        return _progress.End(notUndone.Count == 0 ? OrderSagaState.Compensated : OrderSagaState.CompensationFailed, Failure, notUndone);
    }

    private async Task<OrderSagaResult> CompleteAsync(IReadOnlyList<PlannedProduct> products, DateTimeOffset? delivered)
    {
        _progress.Show(OrderSagaState.Resuming, OrderSteps.CommitStock);
        var (failure, left) = await _steps.CommitAsync(products);
        var notRecorded = delivered is { } at ? await _steps.DeliverOrderAsync(new DeliveryNotice(at)) : null;
        return (failure ?? notRecorded) is not { } open
            ? _progress.End(new OrderSagaResult(OrderSagaState.Completed))
            : _progress.EndIncomplete(open, left, notRecorded is null ? null : delivered);
    }
}
