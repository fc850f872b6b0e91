using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Inventory.Replenishment;

/// <summary>Takes a product whose stock is low from the order at the supplier to the stock that came in, or to an operator.</summary>
/// <param name="telemetry">Is told how it ends.</param>
public sealed class ReplenishmentSaga(SagaTelemetry telemetry)
{
    /// <summary>The orchestrator: deterministic, because it is replayed. Its instance id follows from the alert.</summary>
    [Function(nameof(ReplenishmentSaga))]
    public Task<ReplenishmentStatus> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<ReplenishmentInput>()
            ?? throw new InvalidOperationException("A replenishment needs its input; start it with ReplenishmentStarter.");
        return telemetry.ObserveAsync(
            context,
            new SagaStart(nameof(ReplenishmentSaga), input.Trace.CorrelationId, input.Trace.TraceParent),
            new ReplenishmentFlow(context, input).RunAsync,
            static ended => ended.State);
    }
}
