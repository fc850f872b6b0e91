using EventFunctions.Payments.Saga;
using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>One order's way through its steps. Lives for one episode of the orchestrator and may await nothing but durable tasks.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="input">What it was started with.</param>
public sealed class OrderSagaFlow(TaskOrchestrationContext context, OrderSagaInput input)
{
    private readonly SagaSteps _steps = new(context, input.Trace, input.Settings);
    private readonly OrderSagaProgress _progress = new(context);

    // The reservations that were refused, by how they would be undone.
    private IReadOnlyList<Undo> _refused = [];

    // One waiter, alive through the whole saga: a second one for the same event would take turns with it.
    private readonly Task<CancellationRequest> _cancellation =
        context.WaitForExternalEvent<CancellationRequest>(OrderSagaEvents.CancellationRequested);

    /// <summary>Runs the saga to its end.</summary>
    public async Task<OrderSagaResult> RunAsync()
    {
        var (plan, failure) = await PlanAsync();
        if (plan is { Outcome.IsDone: true } && IsToBeReviewed())
        {
            failure = await ReviewAsync();
            if (failure is null && context.CompareVersionTo(OrderSaga.SecondPlanVersion) >= 0)
            {
                // A review takes its time: the account may be closed by now, or a product not sold any more.
                (plan, failure) = await PlanAsync();
            }
        }

        if (plan is { Outcome.IsDone: false, CancelsOrder: false })
        {
            return _progress.End(new OrderSagaResult(OrderSagaState.Skipped, plan.Outcome.Code, plan.Outcome.Reason));
        }

        failure ??= plan is { Outcome: { IsDone: false, Code: { } code, Reason: { } reason } }
            ? new SagaFailure(OrderSteps.PlanOrder, code, reason)
            : await ForwardAsync(plan!.Products);
        if (failure is { Step: OrderSteps.MarkOrderShipped, IsUncertain: true })
        {
            // The step may have taken effect without an answer, and a shipped order must not be undone. Whether it can
            // still be cancelled is for the order to say, and once it is cancelled a late answer changes nothing.
            var (cancelled, error) = await _steps.CancelOrderAsync(failure);
            switch (cancelled)
            {
                case null:
                    return _progress.EndUndecided(failure, error, HeardOfDelivery());
                case { IsDone: false }:
                    failure = null;
                    break;
            }
        }

        return failure is null
            ? await new OrderDelivery(context, input, _steps, _progress).RunAsync(plan!.Products)
            : await CompensateAsync(failure);
    }

    private async Task<(OrderPlan? Plan, SagaFailure? Failure)> PlanAsync()
    {
        _progress.Show(OrderSagaState.Running, OrderSteps.PlanOrder);
        try
        {
            var plan = await context.CallActivityAsync<OrderPlan>(
                OrderSteps.PlanOrder, new SagaStep(input.Trace, OrderSteps.PlanOrder), input.Settings.Step.ToOptions());
            return (plan, null);
        }
        catch (TaskFailedException exception)
        {
            // All retries are used up; nothing has happened yet but the placing of the order itself.
            return (null, SagaSteps.FailureOf(OrderSteps.PlanOrder, exception));
        }
    }

    /// <summary>Before anything is reserved, somebody may have to look at the order.</summary>
    private bool IsToBeReviewed() => input.NeedsReview && CancelledAt(OrderSagaEvents.ReviewDecided) is null;

    private async Task<SagaFailure?> ReviewAsync()
    {
        _progress.Show(OrderSagaState.AwaitingReview, OrderSagaEvents.ReviewDecided);
        return await new OrderReviewWait(context, input, _cancellation).RunAsync() ?? CancelledAt(OrderSagaEvents.ReviewDecided);
    }

    /// <summary>Word of a parcel comes to a saga that has not ended, and is told to nobody else: it must not end with the saga.</summary>
    private DateTimeOffset? HeardOfDelivery()
    {
        var word = context.WaitForExternalEvent<DeliveryNotice>(OrderSagaEvents.ShipmentDelivered);
        return word.IsCompletedSuccessfully ? word.Result.DeliveredAt : null;
    }

    private async Task<SagaFailure?> ForwardAsync(IReadOnlyList<PlannedProduct> products) =>
        await ReserveAsync(products)
        ?? await PayAsync(OrderSteps.AuthorizePayment, PaymentOperation.Authorize, OrderUndos.ReversePayment)
        ?? await OneAsync(OrderSteps.ConfirmOrder)
        ?? await PayAsync(OrderSteps.CapturePayment, PaymentOperation.Capture)
        ?? await OneAsync(OrderSteps.MarkOrderPaid)
        ?? await OneAsync(OrderSteps.CreateShipment, OrderUndos.WithdrawShipment)
        ?? await OneAsync(OrderSteps.MarkOrderShipped);

    private async Task<SagaFailure?> OneAsync(string activity, Func<SagaTrace, Undo>? undo = null) => Begin(activity)
        ?? await _steps.TakeAsync(activity, step => new SagaStep(input.Trace, step), undo is null ? null : _steps.Compensation.Prepare(undo(input.Trace)));

    private async Task<SagaFailure?> PayAsync(string step, PaymentOperation operation, Func<SagaTrace, Undo>? undo = null) => Begin(step)
        ?? await _steps.PayAsync(step, operation, undo is null ? null : _steps.Compensation.Prepare(undo(input.Trace)));

    /// <summary>Reserves all products at once; if any is refused the others are released, and the refused ones looked at once more.</summary>
    private async Task<SagaFailure?> ReserveAsync(IReadOnlyList<PlannedProduct> products)
    {
        if (Begin(OrderSteps.ReserveStock) is { } cancelled)
        {
            return cancelled;
        }

        var undos = products.Select(p => OrderUndos.ReleaseStock(input.Trace, p)).ToList();
        _steps.Compensation.Prepare(undos);
        var failures = await Task.WhenAll(products.Select((p, i) =>
            _steps.TakeAsync(OrderSteps.ReserveStock, _ => _steps.StockStepFor(OrderSteps.ReserveStock, p), undos[i])));
        _refused = [.. undos.Where((_, i) => failures[i] is { IsUncertain: false })];
        return failures.FirstOrDefault(f => f is not null);
    }

    /// <summary>Between two steps the customer may cancel.</summary>
    private SagaFailure? Begin(string activity)
    {
        if (CancelledAt(activity) is { } cancelled)
        {
            return cancelled;
        }

        _progress.Show(OrderSagaState.Running, activity);
        return null;
    }

    private SagaFailure? CancelledAt(string activity)
    {
        if (input.Cancellation is null && !_cancellation.IsCompleted)
        {
            return null;
        }

        var request = input.Cancellation ?? _cancellation.Result;
        return new SagaFailure(activity, SagaFailure.CancelledByCustomer, request?.Reason ?? CancellationRequest.UsualReason)
        {
            SealedReason = request?.SealedReason,
        };
    }

    private async Task<OrderSagaResult> CompensateAsync(SagaFailure failure)
    {
        var notUndone = await _steps.Compensation.UndoAllAsync(undo => _progress.Show(OrderSagaState.Compensating, undo, failure.Code));
        _progress.Show(OrderSagaState.Compensating, OrderSteps.MarkOrderCancelled, failure.Code);
        notUndone = [.. notUndone, .. await _steps.CancelAtLastAsync(failure), .. await ReleaseRefusedAsync(failure)];
        return _progress.End(notUndone.Count == 0 ? OrderSagaState.Compensated : OrderSagaState.CompensationFailed, failure, notUndone);
    }

    /// <summary>
    /// A step may run twice, and a refusal leaves no trace: the other run may find pieces that were given back meanwhile. One that
    /// begins after the cancellation sees it and gives them back itself; one that was under way then is over after the delay.
    /// </summary>
    private async Task<IReadOnlyList<FailedUndo>> ReleaseRefusedAsync(SagaFailure failure)
    {
        if (_refused.Count == 0 || context.CompareVersionTo(OrderSaga.RefusedLinesVersion) < 0)
        {
            return [];
        }

        _progress.Show(OrderSagaState.Compensating, OrderSteps.ReleaseStock, failure.Code);
        return await _steps.Compensation.UndoWhenSettledAsync(_refused);
    }
}
