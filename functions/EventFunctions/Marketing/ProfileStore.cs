using EventFunctions.EventSourcing;

namespace EventFunctions.Marketing;

/// <summary>Keeps profiles, and the orders they are counted from, in the store of views.</summary>
/// <param name="views">The store.</param>
/// <param name="removal">Deletes.</param>
public sealed class ProfileStore(IViewStore views, IViewScan removal)
{
    private const int MaxAttempts = 50;

    /// <summary>A customer's profile, or <see langword="null"/>.</summary>
    internal async Task<StoredView<MarketingProfile>?> FindAsync(string customerId, string? tenant, CancellationToken cancellationToken) =>
        await views.FindAsync<MarketingProfile>(MarketingKeys.ProfileOf(customerId, tenant), cancellationToken);

    /// <summary>What is known of an order, or <see langword="null"/>.</summary>
    internal Task<StoredView<KnownOrder>?> FindOrderAsync(string customerId, string? tenant, string orderId, CancellationToken cancellationToken) =>
        views.FindAsync<KnownOrder>(MarketingKeys.OrderOf(customerId, tenant, orderId), cancellationToken);

    /// <summary>Writes a profile if it is still as it was read.</summary>
    /// <returns>Whether it was written.</returns>
    internal async Task<bool> SaveAsync(MarketingProfile profile, string? tenant, string? etag, CancellationToken cancellationToken)
    {
        // Of many streams, so of no version; what makes it newer is decided by its parts.
        var view = new VersionedView<MarketingProfile>(profile, 1, DateTimeOffset.UnixEpoch, profile.LastOrderAt ?? DateTimeOffset.UnixEpoch);
        return await views.SaveAsync(MarketingKeys.ProfileOf(profile.CustomerId, tenant), MarketingKeys.ProfileKind, view, etag, cancellationToken) is not null;
    }

    /// <summary>Writes what is known of an order if it is still as it was read.</summary>
    /// <returns>Whether it was written.</returns>
    internal async Task<bool> SaveOrderAsync(string customerId, string? tenant, KnownOrder order, string? etag, CancellationToken cancellationToken)
    {
        var at = order.PlacedAt ?? DateTimeOffset.UnixEpoch;
        var view = new VersionedView<KnownOrder>(order, order.Sequence, at, at);
        return await views.SaveAsync(MarketingKeys.OrderOf(customerId, tenant, order.OrderId), MarketingKeys.OrderKind, view, etag, cancellationToken) is not null;
    }

    /// <summary>Forgets an order.</summary>
    internal Task DeleteOrderAsync(string customerId, string? tenant, string orderId, CancellationToken cancellationToken) =>
        removal.DeleteAsync(MarketingKeys.OrderOf(customerId, tenant, orderId), cancellationToken);

    /// <summary>Changes a profile, which is made where there is none; an erased one stays as it is.</summary>
    /// <exception cref="StoreUnavailableException">Others changed it each time, or the store is away.</exception>
    internal async Task ChangeAsync(
        string customerId, string? tenant, Func<MarketingProfile, MarketingProfile> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var stored = await FindAsync(customerId, tenant, cancellationToken);
            var current = stored?.Current.View ?? new MarketingProfile(customerId);
            var next = current.IsErased ? current : change(current);
            if (next == current || await SaveAsync(next, tenant, stored?.ETag, cancellationToken))
            {
                return;
            }
        }

        throw new StoreUnavailableException($"The marketing profile of '{customerId}' changed under each of {MaxAttempts} attempts to change it.");
    }

    /// <summary>Forgets all orders of a customer and what the profile says; later events of theirs are not kept.</summary>
    /// <returns>How many items were cleaned.</returns>
    internal async Task<int> EraseAsync(string customerId, string? tenant, CancellationToken cancellationToken)
    {
        var cleaned = 0;
        if (await FindAsync(customerId, tenant, cancellationToken) is { Current.View.IsErased: false })
        {
            cleaned++;
        }

        // First the profile, so that no order is counted any more while orders are deleted.
        await ChangeAsync(customerId, tenant, profile => profile.Erased(), cancellationToken);
        var partition = MarketingKeys.PartitionOf(customerId, tenant);
        while (await views.ListAsync<KnownOrder>(partition, MarketingKeys.OrderKind, ViewPage<KnownOrder>.MaxSize, null, cancellationToken)
            is { Views.Count: > 0 } page)
        {
            foreach (var order in page.Views)
            {
                await DeleteOrderAsync(customerId, tenant, order.View.OrderId, cancellationToken);
                cleaned++;
            }
        }

        return cleaned;
    }
}
