using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Http;
using Microsoft.AspNetCore.Http;

namespace EventFunctions.Ordering.Reviews;

/// <summary>Sends a reviewer's decision to the order.</summary>
/// <param name="orders">The orders.</param>
/// <param name="metadata">The request's circumstances.</param>
/// <param name="timeProvider">The clock.</param>
public sealed class ReviewDecision(IAggregateRepository<Order, OrderEvent> orders, RequestMetadata metadata, TimeProvider timeProvider)
{
    /// <summary>The namespace of idempotency keys of decisions.</summary>
    private static readonly Guid KeyScope = new("b1d0ce7e-7a55-4a53-9d0b-2f2f1d0f8a63");

    /// <summary>Sends it.</summary>
    /// <param name="request">Has the key and the version the reviewer saw.</param>
    /// <param name="fingerprint">Tells this request from another under the same key.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="reviewer">Who decides; recorded with the event.</param>
    /// <param name="decide">The decision, for the time it is made at.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>200 with the order's status, or the problem.</returns>
    public async Task<IResult> SendAsync(
        HttpRequest request,
        string fingerprint,
        OrderId orderId,
        string reviewer,
        Func<Order, DateTimeOffset, Decision<OrderEvent>> decide,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        ArgumentNullException.ThrowIfNull(decide);
        var commandId = IdempotencyKey.IdFor(request, NameBasedGuid.Create(KeyScope, orderId.ToString()));
        var context = new CommandContext(
            metadata.ForCommand(commandId) with { User = reviewer }, Preconditions.IfMatch(request), fingerprint);
        return await orders.ExecuteAsync(
            Order.StreamOf(orderId), context, order => decide(order, timeProvider.GetUtcNow()), cancellationToken) switch
        {
            CommandResult<Order>.Committed { State: var order, Version: var version } =>
                new ApiResult(StatusCodes.Status200OK, new ReviewAnswer(orderId, order.Status, version), version),
            CommandResult<Order>.Rejected { Reason: { Code: OrderRejections.NotFound } reason } =>
                new ProblemResult(Problem.NotFound(reason.Code, reason.Message)),
            var other => new ProblemResult(ProblemMap.Of(other)),
        };
    }
}
