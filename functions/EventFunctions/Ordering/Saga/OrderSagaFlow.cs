using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>One order's way through its steps. Lives for one episode of the orchestrator and may await nothing but durable tasks.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="input">What it was started with.</param>
public sealed class OrderSagaFlow(TaskOrchestrationContext context, OrderSagaInput input)
{
    private readonly SagaSteps _steps = new(context, input);

    // One waiter, alive through the whole saga: a second one for the same event would take turns with it.
    private readonly Task<CancellationRequest> _cancellation =
        context.WaitForExternalEvent<CancellationRequest>(OrderSagaEvents.CancellationRequested);

    /// <summary>Runs the saga to its end.</summary>
    public async Task<OrderSagaResult> RunAsync()
    {
        var (plan, failure) = await PlanAsync();
        if (plan is { Outcome.IsDone: false, CancelsOrder: false })
        {
            return End(OrderSagaState.Skipped, new OrderSagaResult(OrderSagaState.Skipped, plan.Outcome.Code, plan.Outcome.Reason));
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
                    var unknown = $"{error} Whether the order was shipped is not known, so nothing was undone.";
                    return Finish(OrderSagaState.CompensationFailed, failure, [new FailedUndo(OrderSteps.MarkOrderCancelled, unknown)]);
                case { IsDone: false }:
                    failure = null;
                    break;
            }
        }

        return failure is null ? await FinishShippedAsync(plan!.Products) : await CompensateAsync(failure);
    }

    private async Task<(OrderPlan? Plan, SagaFailure? Failure)> PlanAsync()
    {
        Show(OrderSagaState.Running, OrderSteps.PlanOrder);
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

    private async Task<SagaFailure?> ForwardAsync(IReadOnlyList<PlannedProduct> products) =>
        await ReserveAsync(products)
        ?? await OneAsync(OrderSteps.AuthorizePayment, undo: OrderSteps.ReversePayment)
        ?? await OneAsync(OrderSteps.ConfirmOrder)
        ?? await OneAsync(OrderSteps.CapturePayment)
        ?? await OneAsync(OrderSteps.MarkOrderPaid)
        ?? await OneAsync(OrderSteps.CreateShipment, undo: OrderSteps.WithdrawShipment)
        ?? await OneAsync(OrderSteps.MarkOrderShipped);

    private async Task<SagaFailure?> OneAsync(string activity, string? undo = null)
    {
        if (Begin(activity) is { } cancelled)
        {
            return cancelled;
        }

        return await _steps.TakeAsync(
            activity,
            step => new SagaStep(input.Trace, step),
            undo is null ? null : _steps.Prepare(new Undo(undo, undo, step => new SagaStep(input.Trace, step))));
    }

    /// <summary>Reserves all products at once; the ones that succeeded are released if any did not.</summary>
    private async Task<SagaFailure?> ReserveAsync(IReadOnlyList<PlannedProduct> products)
    {
        if (Begin(OrderSteps.ReserveStock) is { } cancelled)
        {
            return cancelled;
        }

        var undos = products
            .Select(p => new Undo(
                OrderSteps.ForProduct(OrderSteps.ReleaseStock, p.ProductId), OrderSteps.ReleaseStock, step => new StockStep(input.Trace, step, p.ProductId, p.Quantity)))
            .ToList();
        _steps.Prepare(undos);
        var failures = await Task.WhenAll(products.Select((p, i) => _steps.TakeAsync(OrderSteps.ReserveStock, StepFor(OrderSteps.ReserveStock, p), undos[i])));
        return failures.FirstOrDefault(f => f is not null);
    }

    private Func<string, object> StepFor(string activity, PlannedProduct product) =>
        _ => new StockStep(input.Trace, OrderSteps.ForProduct(activity, product.ProductId), product.ProductId, product.Quantity);

    /// <summary>Between two steps the customer may cancel.</summary>
    private SagaFailure? Begin(string activity)
    {
        if (input.Cancellation is not null || _cancellation.IsCompleted)
        {
            var request = input.Cancellation ?? _cancellation.Result;
            return new SagaFailure(activity, SagaFailure.CancelledByCustomer, request?.Reason ?? CancellationRequest.UsualReason);
        }

        Show(OrderSagaState.Running, activity);
        return null;
    }

    /// <summary>The order is shipped, so from here on the way leads forward only.</summary>
    private async Task<OrderSagaResult> FinishShippedAsync(IReadOnlyList<PlannedProduct> products)
    {
        Show(OrderSagaState.Running, OrderSteps.CommitStock);
        var commits = await Task.WhenAll(products.Select(p => _steps.TakeForwardAsync(OrderSteps.CommitStock, StepFor(OrderSteps.CommitStock, p))));
        var result = await AwaitDeliveryAsync();

        // The parcel is on its way whatever the stock says, so the delivery was waited for all the same.
        return commits.FirstOrDefault(f => f is not null) is { } failure ? Finish(OrderSagaState.CompletionFailed, failure, []) : result;
    }

    private async Task<OrderSagaResult> AwaitDeliveryAsync()
    {
        Show(OrderSagaState.AwaitingDelivery, OrderSagaEvents.ShipmentDelivered);
        DeliveryNotice notice;
        try
        {
            notice = await context.WaitForExternalEvent<DeliveryNotice>(OrderSagaEvents.ShipmentDelivered, input.Settings.DeliveryTimeout);
        }
        catch (OperationCanceledException)
        {
            // The time is up. The parcel is not taken back for that; word of it still closes the order, without the saga.
            return End(OrderSagaState.DeliveryOverdue, new OrderSagaResult(OrderSagaState.DeliveryOverdue));
        }

        await _steps.DeliverOrderAsync(notice);
        return End(OrderSagaState.Completed, new OrderSagaResult(OrderSagaState.Completed));
    }

    private async Task<OrderSagaResult> CompensateAsync(SagaFailure failure)
    {
        var notUndone = await _steps.UndoAllAsync(undo => Show(OrderSagaState.Compensating, undo, failure.Code));
        Show(OrderSagaState.Compensating, OrderSteps.MarkOrderCancelled, failure.Code);
        var (cancelled, error) = await _steps.CancelOrderAsync(failure);
        if (cancelled is not { IsDone: true })
        {
            var reason = error ?? cancelled?.Reason ?? "The order cannot be cancelled.";
            notUndone = [.. notUndone, new FailedUndo(OrderSteps.MarkOrderCancelled, reason)];
        }

        return Finish(notUndone.Count == 0 ? OrderSagaState.Compensated : OrderSagaState.CompensationFailed, failure, notUndone);
    }

    private OrderSagaResult Finish(string state, SagaFailure failure, IReadOnlyList<FailedUndo> notUndone) =>
        End(state, new OrderSagaResult(state, failure.Code, failure.Detail ?? failure.Reason, failure.Step, notUndone.Count == 0 ? null : notUndone));

    private OrderSagaResult End(string state, OrderSagaResult result)
    {
        Show(state, "end", result.Code);
        return result;
    }

    private void Show(string state, string step, string? code = null) => context.SetCustomStatus(new OrderSagaStatus(state, step, code));
}
