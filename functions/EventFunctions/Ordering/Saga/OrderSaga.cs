using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>Takes an order from placed to delivered, or undoes everything and cancels it.</summary>
public static class OrderSaga
{
    /// <summary>The orchestrator: deterministic, because it is replayed. Its instance id is the order's id.</summary>
    [Function(nameof(OrderSaga))]
    public static Task<OrderSagaResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<OrderSagaInput>()
            ?? throw new InvalidOperationException("An order saga needs its input; start it with OrderSagaStarter.");
        return new OrderSagaFlow(context, input).RunAsync();
    }
}
