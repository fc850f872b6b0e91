using EventFunctions.Http;
using Microsoft.DurableTask.Client;

namespace EventFunctions.Inventory.Replenishment.Api;

/// <summary>Finds replenishments.</summary>
internal static class ReplenishmentReader
{
    /// <summary>The code of the problem that there is none of that id.</summary>
    public const string NotFound = "replenishment-not-found";

    /// <summary>A replenishment as it stands.</summary>
    /// <exception cref="ProblemException">404: there is none of that id.</exception>
    public static async Task<ReplenishmentReport> ReadAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        // An id without the prefix may be one of another orchestration, which is nobody's business here.
        return id.StartsWith(ReplenishmentTrace.InstancePrefix, StringComparison.Ordinal)
            && await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is { } instance
            ? ReplenishmentReport.Of(instance)
            : throw new ProblemException(Problem.NotFound(NotFound, $"There is no replenishment '{id}'."));
    }
}

/// <summary>A replenishment as operators see it.</summary>
/// <param name="ReplenishmentId">Its id.</param>
/// <param name="State">One of <see cref="ReplenishmentState"/>; <c>Failed</c> where it broke down, which is a bug.</param>
/// <param name="ProductId">The product.</param>
/// <param name="Ordered">How many pieces were ordered, once that is known.</param>
/// <param name="SupplierOrderId">The supplier's id of the order, once it has one.</param>
/// <param name="Delivered">How many pieces came in so far.</param>
/// <param name="Code">Why it was escalated, the last time; stable.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="NotificationError">Why nobody was told of the escalation, where nobody was.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="ChangedAt">When it changed last, UTC.</param>
public sealed record ReplenishmentReport(
    string ReplenishmentId,
    string State,
    string? ProductId,
    int? Ordered,
    string? SupplierOrderId,
    int Delivered,
    string? Code,
    string? Reason,
    string? NotificationError,
    DateTimeOffset StartedAt,
    DateTimeOffset ChangedAt)
{
    /// <summary>The state of a replenishment that broke down.</summary>
    public const string Failed = "Failed";

    /// <summary>Whether it can be told anything still.</summary>
    public bool IsOpen => State != Failed && !ReplenishmentTransitions.IsFinal(State);

    /// <summary>The report of an instance whose payloads were fetched.</summary>
    public static ReplenishmentReport Of(OrchestrationMetadata instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        var input = instance.ReadInputAs<ReplenishmentInput>();
        var status = instance.ReadCustomStatusAs<ReplenishmentStatus>()
            ?? new ReplenishmentStatus(ReplenishmentTransitions.Initial, input?.Trace.ProductId ?? string.Empty);
        return new ReplenishmentReport(
            instance.InstanceId,
            instance.FailureDetails is null ? status.State : Failed,
            status.ProductId,
            status.Ordered,
            status.SupplierOrderId,
            status.Delivered,
            status.Code,
            instance.FailureDetails?.ErrorMessage ?? status.Reason,
            status.NotificationError,
            instance.CreatedAt,
            instance.LastUpdatedAt);
    }
}
