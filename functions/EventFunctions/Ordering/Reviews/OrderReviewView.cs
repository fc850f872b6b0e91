using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;

namespace EventFunctions.Ordering.Reviews;

/// <summary>An order that somebody has to look at, or has looked at.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="CustomerId">Whose it is.</param>
/// <param name="Total">What it costs.</param>
/// <param name="PlacedAt">When it was placed, UTC.</param>
/// <param name="Version">The order's version when it was placed or decided on: what a decision sends as <c>If-Match</c>.</param>
/// <param name="IsPending">Whether nobody has decided yet.</param>
public sealed record OrderReviewView(
    OrderId OrderId,
    [property: EventSourcing.DataSubject] CustomerId CustomerId,
    Money Total,
    DateTimeOffset PlacedAt,
    long Version,
    bool IsPending)
{
    /// <summary>The review after an event of its order; <see langword="null"/> of an order that nobody has to review.</summary>
    /// <param name="review">The review before.</param>
    /// <param name="envelope">The event.</param>
    public static OrderReviewView? After(OrderReviewView? review, EventSourcing.EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return envelope.Data switch
        {
            OrderPlaced { NeedsReview: true } e => new OrderReviewView(e.OrderId, e.CustomerId, e.Total, envelope.Time, envelope.Version, IsPending: true),
            OrderApproved or OrderCancelled when review is { IsPending: true } => review with { IsPending = false, Version = envelope.Version },
            _ => review,
        };
    }
}
