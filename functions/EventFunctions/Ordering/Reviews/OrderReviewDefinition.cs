using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Reviews;

/// <summary>The list of reviews as a projection of orders.</summary>
/// <param name="events">Has the orders' events.</param>
public sealed class OrderReviewDefinition(IEventStore events) : IProjectionDefinition
{
    /// <inheritdoc/>
    public string Name => OrderReviewQueue.Kind;

    /// <inheritdoc/>
    public IReadOnlySet<string> Categories { get; } = new HashSet<string>([Order.Category], StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEventHandler Open(IViewStore views) => new OrderReviewQueue(views, events);

    /// <summary>Each event is handled by itself: there is nothing to fold from page to page.</summary>
    public IEventReplay OpenReplay(IViewStore views) => new HandlerReplay(Open(views));
}
