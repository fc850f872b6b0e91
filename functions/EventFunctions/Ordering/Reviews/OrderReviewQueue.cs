using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Reviews;

/// <summary>Keeps the list of orders that wait for a review. Orders that nobody has to review leave nothing in it.</summary>
/// <remarks>
/// Every event it heeds makes it read the order's few events from the store, so it does not matter in which order they come, or
/// how often. A list of views begins with the newest <see cref="VersionedView{TView}.Since"/>; the queue begins with the order that
/// has waited longest, and those decided on come after all that wait. So what stands there is not a time of the order but its place.
/// </remarks>
/// <param name="views">Keeps the list.</param>
/// <param name="events">Has the orders' events.</param>
public sealed class OrderReviewQueue(IViewStore views, IEventStore events) : IEventHandler
{
    /// <summary>The stored kind of the views.</summary>
    public const string Kind = "order-review";

    /// <summary>The partition of the list.</summary>
    public const string Partition = "order-reviews";

    private const int MaxAttempts = 5;

    /// <summary>Where an order's review is kept.</summary>
    public static ViewKey KeyOf(OrderId orderId)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        return new ViewKey(Partition, orderId.ToString());
    }

    /// <summary>Brings the order's place in the list up to date.</summary>
    /// <exception cref="ProjectionContendedException">Other writers won every attempt; the event is to be handed in again.</exception>
    public async Task<ProjectionOutcome> HandleAsync(EventEnvelope envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        if (envelope.Data is not (OrderPlaced { NeedsReview: true } or OrderApproved or OrderCancelled)
            || await ReadAsync(envelope.Stream, cancellationToken) is not { } review)
        {
            return ProjectionOutcome.Ignored;
        }

        var key = KeyOf(review.OrderId);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var stored = await views.FindAsync<OrderReviewView>(key, cancellationToken);
            if (stored?.Current.Version >= review.Version)
            {
                return ProjectionOutcome.Ignored;
            }

            var place = new VersionedView<OrderReviewView>(review, review.Version, PlaceOf(review), review.PlacedAt);
            if (await views.SaveAsync(key, Kind, place, stored?.ETag, cancellationToken) is not null)
            {
                return ProjectionOutcome.Applied;
            }
        }

        throw new ProjectionContendedException(Kind, envelope.Stream, envelope.Version, MaxAttempts);
    }

    /// <summary>The later an order was placed, the further back from the end of time; what is decided is at the beginning of it.</summary>
    private static DateTimeOffset PlaceOf(OrderReviewView review) => review.IsPending
        ? DateTimeOffset.UnixEpoch + (new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero) - review.PlacedAt)
        : DateTimeOffset.UnixEpoch;

    private async Task<OrderReviewView?> ReadAsync(StreamName stream, CancellationToken cancellationToken)
    {
        OrderReviewView? review = null;
        await foreach (var envelope in events.ReadAsync(stream, fromVersion: 1, cancellationToken))
        {
            review = OrderReviewView.After(review, envelope);
            if (review is not { IsPending: true })
            {
                // Nobody has to review it, or somebody has: nothing that comes later changes that.
                return review;
            }
        }

        return review;
    }
}
