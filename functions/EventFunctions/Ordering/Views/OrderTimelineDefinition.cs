using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Views;

/// <summary>The timelines of orders as a projection of four contexts.</summary>
public sealed class OrderTimelineDefinition : IProjectionDefinition
{
    /// <inheritdoc/>
    public string Name => OrderTimeline.Kind;

    /// <inheritdoc/>
    public IReadOnlySet<string> Categories { get; } =
        new HashSet<string>([Order.Category, Payment.Category, StockItem.Category, Shipment.Category], StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEventHandler Open(IViewStore views) => new OrderTimeline(views);

    /// <summary>An entry stands for one event: there is nothing to fold.</summary>
    public IEventReplay OpenReplay(IViewStore views) => new HandlerReplay(Open(views));
}
