using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Ordering.Choreography;

/// <summary>Looks at an order whose time has come, and acts if it still has to.</summary>
/// <param name="orders">The orders.</param>
/// <param name="steps">Has the order.</param>
/// <param name="undo">Undoes what came late.</param>
/// <param name="overdue">Lists parcels that did not arrive.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Gets parcels that did not arrive.</param>
public sealed class OrderDeadlineReaction(
    IAggregateRepository<Order, OrderEvent> orders,
    OrderCommandStep steps,
    OrderUndo undo,
    OverdueDeliveries overdue,
    TimeProvider timeProvider,
    ILogger<OrderDeadlineReaction> logger)
{
    /// <summary>The reason code of an order that nobody reviewed.</summary>
    public const string ReviewTimeoutCode = "review-timeout";

    private const string ReviewTimeoutStep = "ReviewTimeout";

    /// <summary>Looks and acts.</summary>
    /// <returns>Whether the kind of the look is known.</returns>
    public async Task<bool> ReactAsync(OrderDeadline deadline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deadline);
        var trace = deadline.ToTrace();
        switch (deadline.Kind)
        {
            case OrderDeadlineKind.ReviewTimeout:
                await EndReviewAsync(trace, cancellationToken);
                return true;
            case OrderDeadlineKind.DeliveryOverdue:
                await NoticeOverdueAsync(trace, cancellationToken);
                return true;
            case OrderDeadlineKind.SecondLook:
                await undo.UndoAsync(trace, isSecondLook: true, cancellationToken);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Decided in one go with the look: an approval that comes at this moment counts.</summary>
    private async Task EndReviewAsync(SagaTrace trace, CancellationToken cancellationToken)
    {
        var cancel = new CancelOrder(ReviewTimeoutCode, "The order was not reviewed in time.");
        var outcome = StepOutcome.Of(await orders.ExecuteAsync(
            Order.StreamOf(trace.ToOrderId(), trace.Tenant),
            trace.Command(ReviewTimeoutStep),
            order => order is { Status: OrderStatus.Placed, NeedsReview: true, Reviewer: null }
                ? OrderDecider.Decide(order, cancel, timeProvider.GetUtcNow())
                : Decision<OrderEvent>.Accept(),
            cancellationToken));
        if (!outcome.IsDone)
        {
            throw new InvalidOperationException($"Order {trace.OrderId} was not reviewed in time and cannot be cancelled: {outcome.Reason} ({outcome.Code})");
        }
    }

    private async Task NoticeOverdueAsync(SagaTrace trace, CancellationToken cancellationToken)
    {
        var order = await steps.LoadAsync(trace, cancellationToken);
        if (order.Status == OrderStatus.Shipped && await overdue.AddAsync(order, timeProvider.GetUtcNow(), cancellationToken))
        {
            logger.LogWarning("The parcel {TrackingNumber} of order {OrderId} has not arrived in time.", order.TrackingNumber, trace.OrderId);
        }
    }
}
