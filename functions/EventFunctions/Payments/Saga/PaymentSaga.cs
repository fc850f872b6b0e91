using EventFunctions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace EventFunctions.Payments.Saga;

/// <summary>Carries out one operation on an order's payment, with its own retries and, for a hold without an answer, its own undo.</summary>
/// <param name="telemetry">Is told how it ends.</param>
public sealed class PaymentSaga(SagaTelemetry telemetry)
{
    /// <summary>The orchestrator: deterministic, because it is replayed. Sagas of orders call it, and operators start it.</summary>
    [Function(nameof(PaymentSaga))]
    public Task<PaymentSagaResult> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var input = context.GetInput<PaymentSagaInput>()
            ?? throw new InvalidOperationException("A payment saga needs its input: which operation on which order's payment.");
        return telemetry.ObserveAsync(
            context,
            new SagaStart(nameof(PaymentSaga), input.Trace.CorrelationId, input.Trace.TraceParent),
            new PaymentSagaFlow(context, input).RunAsync,
            static ended => ended.State);
    }

    /// <summary>The id of an operation that another orchestration calls: the same through every replay.</summary>
    /// <param name="parentId">The id of the orchestration that calls it.</param>
    /// <param name="operation">What it does; a parent calls each operation once.</param>
    public static string ChildIdOf(string parentId, PaymentOperation operation) => $"{parentId}-payment-{NameOf(operation)}";

    /// <summary>An operation's name in ids and addresses: lower-case.</summary>
    public static string NameOf(PaymentOperation operation) => operation switch
    {
        PaymentOperation.Authorize => "authorize",
        PaymentOperation.Capture => "capture",
        PaymentOperation.Void => "void",
        PaymentOperation.Refund => "refund",
        PaymentOperation.Reverse => "reverse",
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation on a payment."),
    };
}
