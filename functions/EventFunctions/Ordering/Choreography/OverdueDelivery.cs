using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Choreography;

/// <summary>A parcel that had not arrived when it should have. It stays on record when it does arrive.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="TrackingNumber">The carrier's number, to ask by.</param>
/// <param name="NoticedAt">When it was noticed, UTC.</param>
public sealed record OverdueDelivery(OrderId OrderId, string TrackingNumber, DateTimeOffset NoticedAt);

/// <summary>The list of overdue parcels. Few are, so it is one partition; parcels that arrive in time leave no trace in it.</summary>
/// <param name="views">Keeps it.</param>
public sealed class OverdueDeliveries(IViewStore views)
{
    /// <summary>The stored kind of the entries.</summary>
    public const string Kind = "overdue-delivery";

    private const string Partition = "overdue-deliveries";

    /// <summary>Adds a parcel, once.</summary>
    /// <param name="order">Its order.</param>
    /// <param name="noticedAt">When it was noticed, UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was new.</returns>
    /// <exception cref="ArgumentException">The order is not shipped.</exception>
    public async Task<bool> AddAsync(Order order, DateTimeOffset noticedAt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order is not { Id: { } id, TrackingNumber: { } trackingNumber })
        {
            throw new ArgumentException("Only an order that is shipped has a parcel that can be overdue.", nameof(order));
        }

        var entry = new VersionedView<OverdueDelivery>(new OverdueDelivery(id, trackingNumber, noticedAt), Version: 1, noticedAt, noticedAt);
        return await views.SaveAsync(new ViewKey(Partition, id.ToString()), Kind, entry, etag: null, cancellationToken) is not null;
    }

    /// <summary>A page of the list, the newest first.</summary>
    /// <inheritdoc cref="IViewStore.ListAsync{TView}" path="/exception"/>
    public Task<ViewPage<OverdueDelivery>> ListAsync(int pageSize, string? continuation, CancellationToken cancellationToken) =>
        views.ListAsync<OverdueDelivery>(Partition, Kind, pageSize, continuation, cancellationToken);
}
