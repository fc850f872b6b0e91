using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Inventory.Replenishment;

/// <summary>Takes a product whose stock is low from the order at the supplier to the stock that came in, or to an operator.</summary>
public static class ReplenishmentSaga
{
    /// <summary>The orchestrator: deterministic, because it is replayed. Its instance id follows from the alert.</summary>
    [Function(nameof(ReplenishmentSaga))]
    public static Task<ReplenishmentStatus> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<ReplenishmentInput>()
            ?? throw new InvalidOperationException("A replenishment needs its input; start it with ReplenishmentStarter.");
        return new ReplenishmentFlow(context, input).RunAsync();
    }
}
