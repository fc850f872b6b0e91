using EventFunctions.Domain.Ordering;
using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>
/// Waits until somebody has decided on an order, the customer cancels it, or the time is up. What was decided is read from the
/// order itself; word of it only says when to look, so a decision from before the wait began is found by the first look.
/// </summary>
/// <param name="context">The orchestration.</param>
/// <param name="input">What it was started with.</param>
/// <param name="cancellation">Completes when the customer cancels.</param>
public sealed class OrderReviewWait(TaskOrchestrationContext context, OrderSagaInput input, Task<CancellationRequest> cancellation)
{
    /// <summary>Waits.</summary>
    /// <returns>Why the order cannot go on; <see langword="null"/> if it is approved, or the customer cancels.</returns>
    public async Task<SagaFailure?> RunAsync()
    {
        using var stop = new CancellationTokenSource();
        var timeIsUp = context.CreateTimer(context.CurrentUtcDateTime + input.Settings.ReviewTimeout, stop.Token);
        try
        {
            return await DecideAsync(timeIsUp);
        }
        catch (TaskFailedException exception)
        {
            // The order does not say how it is, and nothing has happened yet but its placing.
            return SagaSteps.FailureOf(exception.TaskName, exception) with { IsUncertain = false };
        }
        finally
        {
#pragma warning disable CA1849, MA0042 // CancelAsync would run the cancellation on another thread, which an orchestration must not do.
            stop.Cancel();
#pragma warning restore CA1849, MA0042
        }
    }

    private async Task<SagaFailure?> DecideAsync(Task timeIsUp)
    {
        // One waiter at a time: a second one for the same event would take turns with it.
        var decided = context.WaitForExternalEvent<ReviewNotice>(OrderSagaEvents.ReviewDecided);
        var order = await AskAsync(OrderSteps.ReadOrder);
        while (IsOpen(order))
        {
            await Task.WhenAny(cancellation, decided, timeIsUp);
            if (cancellation.IsCompleted)
            {
                return null;
            }

            if (!decided.IsCompleted)
            {
                order = await AskAsync(OrderSteps.ExpireReview);
                break;
            }

            decided = context.WaitForExternalEvent<ReviewNotice>(OrderSagaEvents.ReviewDecided);
            order = await AskAsync(OrderSteps.ReadOrder);
        }

        return order.CancellationCode is { } code
            ? new SagaFailure(OrderSagaEvents.ReviewDecided, code, "The order was cancelled while it waited for its review.")
            : null;
    }

    private static bool IsOpen(OrderFacts order) => order is { Status: OrderStatus.Placed, IsApproved: false };

    private Task<OrderFacts> AskAsync(string activity) =>
        context.CallActivityAsync<OrderFacts>(activity, new SagaStep(input.Trace, activity), input.Settings.Step.ToOptions());
}
