using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Ordering.Saga.Resuming;

/// <summary>Tries once more what a saga that has ended had to leave undone.</summary>
/// <param name="telemetry">Is told how it ends.</param>
public sealed class ResumeOrderSaga(SagaTelemetry telemetry)
{
    /// <summary>The orchestrator: deterministic, because it is replayed.</summary>
    [Function(nameof(ResumeOrderSaga))]
    public Task<OrderSagaResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<ResumptionInput>()
            ?? throw new InvalidOperationException("A resumption needs its input; start it with OrderSagaResumer.");
        return telemetry.ObserveAsync(
            context,
            new SagaStart(nameof(ResumeOrderSaga), input.Trace.CorrelationId, input.Trace.TraceParent),
            new ResumptionFlow(context, input).RunAsync,
            static ended => ended.State);
    }

    /// <summary>The id of an order's resumption.</summary>
    /// <param name="orderId">The order, format "N".</param>
    /// <param name="number">From 1; each begins where the one before ended.</param>
    public static string InstanceIdOf(string orderId, int number) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{orderId}-resume-{number}");
}

/// <summary>What a resumption is started with.</summary>
/// <param name="Trace">Whose saga it resumes.</param>
/// <param name="Settings">How patient it is.</param>
/// <param name="Number">From 1; its undoing steps are named by it.</param>
/// <param name="From">How the saga, or the resumption before, ended.</param>
public sealed record ResumptionInput(SagaTrace Trace, OrderSagaSettings Settings, int Number, OrderSagaResult From);
