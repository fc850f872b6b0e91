using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.Domain.Ordering;
using EventFunctions.Domain.Payments;
using EventFunctions.Domain.Shipping;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Views;

/// <summary>One event in the life of an order, whichever context it happened in.</summary>
/// <param name="Context">The bounded context: the category of the event's stream.</param>
/// <param name="Type">The event's stored name.</param>
/// <param name="Stream">The event's stream.</param>
/// <param name="Version">The stream's version after the event.</param>
/// <param name="Time">When it happened, UTC.</param>
/// <param name="CorrelationId">The business transaction.</param>
/// <param name="EventId">The event.</param>
/// <param name="CausationId">What led to it, if recorded.</param>
/// <param name="Source">The part of the system that sent the command, if recorded.</param>
public sealed record TimelineEntry(
    string Context,
    string Type,
    string Stream,
    long Version,
    DateTimeOffset Time,
    string CorrelationId,
    Guid EventId,
    string? CausationId = null,
    string? Source = null);

/// <summary>Collects the events of all contexts that concern an order: one item per event, so their order of arrival does not matter.</summary>
/// <param name="views">Keeps the entries.</param>
public sealed class OrderTimeline(IViewStore views) : IEventHandler
{
    /// <summary>The stored kind of the entries.</summary>
    public const string Kind = "order-timeline";

    private const int PageSize = 100;

    /// <summary>The order an event concerns, if any.</summary>
    public static OrderId? OrderOf(IDomainEvent data) => data switch
    {
        OrderEvent e => e.OrderId,
        PaymentEvent e => e.OrderId,
        ShipmentEvent e => e.OrderId,
        StockReserved e => e.OrderId,
        StockReleased e => e.OrderId,
        StockCommitted e => e.OrderId,
        _ => null,
    };

    /// <summary>Adds an event, once. One that concerns no order, or is there already, is ignored.</summary>
    public async Task<ProjectionOutcome> HandleAsync(EventEnvelope envelope, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        if (OrderOf(envelope.Data) is not { } orderId)
        {
            return ProjectionOutcome.Ignored;
        }

        var entry = new TimelineEntry(
            envelope.Stream.Category,
            envelope.Type,
            envelope.Stream.Value,
            envelope.Version,
            envelope.Time,
            envelope.Metadata.CorrelationId,
            envelope.EventId,
            envelope.Metadata.CausationId,
            envelope.Metadata.Source);

        // Created or there already: an entry never changes.
        return await views.SaveAsync(
            new ViewKey(PartitionOf(orderId), envelope.EventId.ToString("N")),
            Kind,
            new VersionedView<TimelineEntry>(entry, envelope.Version, envelope.Time, envelope.Time),
            etag: null,
            cancellationToken) is not null
            ? ProjectionOutcome.Applied
            : ProjectionOutcome.Ignored;
    }

    /// <summary>The events of an order by time; bounded by the order's lines.</summary>
    public async Task<IReadOnlyList<TimelineEntry>> ReadAsync(OrderId orderId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(orderId);
        var entries = new List<TimelineEntry>();
        string? continuation = null;
        do
        {
            var page = await views.ListAsync<TimelineEntry>(PartitionOf(orderId), Kind, PageSize, continuation, cancellationToken);
            entries.AddRange(page.Views.Select(v => v.View));
            continuation = page.Continuation;
        }
        while (continuation is not null);

        return [.. entries.OrderBy(e => e.Time).ThenBy(e => e.Stream, StringComparer.Ordinal).ThenBy(e => e.Version)];
    }

    private static string PartitionOf(OrderId orderId) => $"timeline-{orderId}";
}
