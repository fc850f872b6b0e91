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

    /// <summary>Writes a profile and one of its orders, both or neither: if they are still as they were read.</summary>
    /// <returns>Whether they were written.</returns>
    internal async Task<bool> SaveAsync(
        (MarketingProfile Profile, KnownOrder Order) counted, string? tenant, string? profileETag, string? orderETag, CancellationToken cancellationToken)
    {
        var (profile, order) = counted;
        var at = order.PlacedAt ?? DateTimeOffset.UnixEpoch;
        return await views.SaveTogetherAsync(
            MarketingKeys.PartitionOf(profile.CustomerId, tenant),
            [new ViewWrite<MarketingProfile>(MarketingKeys.ProfileId, MarketingKeys.ProfileKind, ViewOf(profile), profileETag)],
            [new ViewWrite<KnownOrder>(MarketingKeys.IdOf(order.OrderId), MarketingKeys.OrderKind, new VersionedView<KnownOrder>(order, order.Sequence, at, at), orderETag)],
            cancellationToken) is not null;
    }

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
            if (next == current
                || await views.SaveAsync(
                    MarketingKeys.ProfileOf(customerId, tenant), MarketingKeys.ProfileKind, ViewOf(next), stored?.ETag, cancellationToken) is not null)
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
                await removal.DeleteAsync(MarketingKeys.OrderOf(customerId, tenant, order.View.OrderId), cancellationToken);
                cleaned++;
            }
        }

        return cleaned;
    }

    /// <summary>Of many streams, so of no version; what makes it newer is decided by its parts.</summary>
    private static VersionedView<MarketingProfile> ViewOf(MarketingProfile profile) =>
        new(profile, 1, DateTimeOffset.UnixEpoch, profile.LastOrderAt ?? DateTimeOffset.UnixEpoch);
}
