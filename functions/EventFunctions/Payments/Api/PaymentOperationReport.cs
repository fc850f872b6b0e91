using EventFunctions.Domain;
using EventFunctions.Payments.Saga;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Payments.Api;

/// <summary>An operation on a payment that an operator asked for.</summary>
/// <param name="Id">Names it among those of its order, e.g. <c>refund-0f3c…</c>.</param>
/// <param name="OrderId">The order, format "N".</param>
/// <param name="Operation">What it does.</param>
/// <param name="State">
/// Where it stands: one of <see cref="PaymentSagaState"/>, or <c>Failed</c> or <c>Terminated</c> where the orchestration itself ended so.
/// </param>
/// <param name="Amount">How much it is about.</param>
/// <param name="Reason">Why it was asked for.</param>
/// <param name="Code">Why it was declined or got no answer, if it was or did; stable.</param>
/// <param name="Detail">The same for an operator.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="UpdatedAt">When it last did something, UTC.</param>
public sealed record PaymentOperationReport(
    string Id,
    string OrderId,
    PaymentOperation Operation,
    string State,
    Money? Amount,
    string? Reason,
    string? Code,
    string? Detail,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>The report of an operation's orchestration.</summary>
    /// <param name="id">Its name among those of its order.</param>
    /// <param name="instance">The orchestration, with input and output.</param>
    /// <exception cref="InvalidOperationException">It was started with something else than a payment's operation.</exception>
    public static PaymentOperationReport Of(string id, OrchestrationMetadata instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var input = instance.ReadInputAs<PaymentSagaInput>()
            ?? throw new InvalidOperationException($"The operation '{instance.InstanceId}' was started without its input.");
        var result = instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? instance.ReadOutputAs<PaymentSagaResult>() : null;
        return new PaymentOperationReport(
            id,
            input.Trace.OrderId,
            input.Operation,
            StateOf(instance, input.Operation),
            input.Amount,
            input.Reason,
            result?.Code,
            result?.Detail ?? result?.Reason ?? instance.FailureDetails?.ErrorMessage,
            instance.CreatedAt,
            instance.LastUpdatedAt);
    }

    private static string StateOf(OrchestrationMetadata instance, PaymentOperation operation) => instance.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated => instance.RuntimeStatus.ToString(),
        _ => instance.ReadCustomStatusAs<PaymentSagaStatus>()?.State ?? PaymentSagaState.FirstOf(operation),
    };
}
