using EventFunctions.Domain.Ordering;
using EventFunctions.Ordering.Saga;
using EventFunctions.Ordering.Steps;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Ordering.Choreography;

/// <summary>Looks at an order whose time has come, and acts if it still has to.</summary>
/// <param name="orders">Has the order.</param>
/// <param name="review">Ends a review.</param>
/// <param name="undo">Undoes what came late.</param>
/// <param name="overdue">Lists parcels that did not arrive.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Gets parcels that did not arrive.</param>
public sealed class OrderDeadlineReaction(
    OrderCommandStep orders,
    ExpireReviewActivity review,
    OrderUndo undo,
    OverdueDeliveries overdue,
    TimeProvider timeProvider,
    ILogger<OrderDeadlineReaction> logger)
{
    /// <summary>Looks and acts.</summary>
    /// <returns>Whether the kind of the look is known.</returns>
    public async Task<bool> ReactAsync(OrderDeadline deadline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deadline);
        var trace = deadline.ToTrace();
        switch (deadline.Kind)
        {
            case OrderDeadlineKind.ReviewTimeout:
                await review.RunAsync(new SagaStep(trace, OrderSteps.ExpireReview), cancellationToken);
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

    private async Task NoticeOverdueAsync(SagaTrace trace, CancellationToken cancellationToken)
    {
        var order = await orders.LoadAsync(trace, cancellationToken);
        if (order.Status == OrderStatus.Shipped && await overdue.AddAsync(order, timeProvider.GetUtcNow(), cancellationToken))
        {
            logger.LogWarning("The parcel {TrackingNumber} of order {OrderId} has not arrived in time.", order.TrackingNumber, trace.OrderId);
        }
    }
}
