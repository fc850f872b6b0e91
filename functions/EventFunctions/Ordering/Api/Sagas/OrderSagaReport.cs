using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Saga.Resuming;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Ordering.Api.Sagas;

/// <summary>An order's saga as an operator sees it.</summary>
/// <param name="OrderId">The order, format "N".</param>
/// <param name="State">
/// Where it stands, its newest resumption counted: one of <see cref="OrderSagaState"/>, or <c>Failed</c> or <c>Terminated</c> where the
/// orchestration itself ended so. An overdue delivery that has arrived since counts as completed.
/// </param>
/// <param name="Step">The step it is at, or <c>end</c>.</param>
/// <param name="OrderStatus">How far the order itself has come.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="UpdatedAt">When it last did something, UTC.</param>
/// <param name="IsResumable">Whether <c>POST …/resume</c> has anything to do.</param>
/// <param name="Result">How it ended, with all that is left to do.</param>
/// <param name="Error">Why the orchestration itself failed, if it did.</param>
/// <param name="Resumptions">In order.</param>
public sealed record OrderSagaReport(
    string OrderId,
    string State,
    string? Step,
    OrderStatus OrderStatus,
    DateTimeOffset StartedAt,
    DateTimeOffset UpdatedAt,
    bool IsResumable,
    OrderSagaResult? Result,
    string? Error,
    IReadOnlyList<ResumptionReport> Resumptions)
{
    /// <summary>Makes the report.</summary>
    /// <param name="history">The saga with its resumptions.</param>
    /// <param name="order">The order's status.</param>
    public static OrderSagaReport Of(OrderSagaHistory history, OrderStatus order)
    {
        ArgumentNullException.ThrowIfNull(history);
        var newest = history.Newest;
        var status = StatusOf(newest);
        return new OrderSagaReport(
            history.Saga.InstanceId,
            status.State == OrderSagaState.DeliveryOverdue && order == OrderStatus.Delivered ? OrderSagaState.Completed : status.State,
            status.Step,
            order,
            history.Saga.CreatedAt,
            newest.LastUpdatedAt,
            newest.IsCompleted && history.Result is { IsResumable: true },
            history.Result,
            newest.FailureDetails?.ErrorMessage,
            [.. history.Resumptions.Select(r => new ResumptionReport(r.InstanceId, StatusOf(r).State, r.CreatedAt, r.LastUpdatedAt))]);
    }

    /// <summary>Where an instance stands; one that has not run yet is running.</summary>
    internal static OrderSagaStatus StatusOf(OrchestrationMetadata instance) => instance.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated => new OrderSagaStatus(instance.RuntimeStatus.ToString(), "end"),
        _ => instance.ReadCustomStatusAs<OrderSagaStatus>() ?? new OrderSagaStatus(OrderSagaState.Running, OrderSteps.PlanOrder),
    };
}

/// <summary>A resumption as an operator sees it.</summary>
/// <param name="Id">The orchestration.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="UpdatedAt">When it last did something, UTC.</param>
public sealed record ResumptionReport(string Id, string State, DateTimeOffset StartedAt, DateTimeOffset UpdatedAt);
