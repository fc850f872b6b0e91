using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>The rest of a shipped order's way. It leads forward only: the parcel is on its way, whatever becomes of the rest.</summary>
/// <param name="context">The orchestration.</param>
/// <param name="input">What it was started with.</param>
/// <param name="steps">Takes the steps.</param>
/// <param name="progress">Shows where the saga stands.</param>
public sealed class OrderDelivery(TaskOrchestrationContext context, OrderSagaInput input, SagaSteps steps, OrderSagaProgress progress)
{
    /// <summary>Commits the stock and waits for the parcel to arrive.</summary>
    public async Task<OrderSagaResult> RunAsync(IReadOnlyList<PlannedProduct> products)
    {
        progress.Show(OrderSagaState.Running, OrderSteps.CommitStock);
        var (failure, left) = await steps.CommitAsync(products);
        progress.Show(OrderSagaState.AwaitingDelivery, OrderSagaEvents.ShipmentDelivered);
        var notice = await WaitAsync();
        var notRecorded = notice is null ? null : await steps.DeliverOrderAsync(notice);
        return (failure ?? notRecorded) is not { } open
            ? progress.End(new OrderSagaResult(notice is null ? OrderSagaState.DeliveryOverdue : OrderSagaState.Completed))
            : progress.EndIncomplete(open, left, notRecorded is null ? null : notice?.DeliveredAt);
    }

    /// <summary>
    /// Word of the parcel, or <see langword="null"/> when the time is up. It is not taken back for that; word of it still closes the
    /// order, without the saga.
    /// </summary>
    private async Task<DeliveryNotice?> WaitAsync()
    {
        try
        {
            return await context.WaitForExternalEvent<DeliveryNotice>(OrderSagaEvents.ShipmentDelivered, input.Settings.DeliveryTimeout);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
