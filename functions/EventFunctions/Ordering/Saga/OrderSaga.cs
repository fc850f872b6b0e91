using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga;

/// <summary>Takes an order from placed to delivered, or undoes everything and cancels it.</summary>
/// <param name="telemetry">Is told how it ends.</param>
public sealed class OrderSaga(SagaTelemetry telemetry)
{
    /// <summary>
    /// The first version of the orchestration (<c>defaultVersion</c> in host.json) whose payments are orchestrations of their own. One
    /// that began before calls their steps itself, as its history says; see <c>docs/decisions/0012-changing-orchestrations.md</c>.
    /// </summary>
    public const string PaymentSagaVersion = "2.0";

    /// <summary>The first version that plans a reviewed order once more. One that began before goes on with what was planned then.</summary>
    public const string SecondPlanVersion = "2.1";

    /// <summary>The first version that looks at refused reservations once more. One that began before takes a refusal for the last word.</summary>
    public const string RefusedLinesVersion = "2.2";

    /// <summary>The version of this code: what host.json gives to instances that start now.</summary>
    public const string CurrentVersion = RefusedLinesVersion;

    /// <summary>The orchestrator: deterministic, because it is replayed. Its instance id is the order's id.</summary>
    [Function(nameof(OrderSaga))]
    public Task<OrderSagaResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<OrderSagaInput>()
            ?? throw new InvalidOperationException("An order saga needs its input; start it with OrderSagaStarter.");
        return telemetry.ObserveAsync(
            context,
            new SagaStart(nameof(OrderSaga), input.Trace.CorrelationId, input.Trace.TraceParent),
            new OrderSagaFlow(context, input).RunAsync,
            static ended => ended.State);
    }
}
