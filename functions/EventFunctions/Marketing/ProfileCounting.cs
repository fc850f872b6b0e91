using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Marketing;

/// <summary>Counts orders in profiles, each once, however often, late or out of order its events arrive.</summary>
/// <remarks>
/// A profile and an order are two items, and no write changes both. So there are three writes: the profile counts the order and
/// keeps in mind that it does; the order notes how it is counted; the profile forgets that it was to keep it in mind. What is to
/// be done next follows from what is stored, so whoever comes after a crash, or beside another, goes on from there. The profile is
/// read first: what was noted on the order after that has changed the profile too, and the write under its token is refused.
/// </remarks>
/// <param name="store">Keeps both.</param>
public sealed class ProfileCounting(ProfileStore store)
{
    private const int MaxSteps = 50;

    /// <summary>Adds what an event says about an order, and has the profile count it.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="data">What happened to it.</param>
    /// <param name="sequence">The event's place in the order's sequence.</param>
    /// <param name="time">When it happened.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">Others were faster each time, or the store is away.</exception>
    public async Task HandleAsync(
        string customerId, string? tenant, string orderId, IntegrationEvent data, long sequence, DateTimeOffset time, CancellationToken cancellationToken)
    {
        for (var step = 1; step <= MaxSteps; step++)
        {
            var profile = await store.FindAsync(customerId, tenant, cancellationToken);
            if (profile is { Current.View.IsErased: true })
            {
                await store.DeleteOrderAsync(customerId, tenant, orderId, cancellationToken);
                return;
            }

            var stored = await store.FindOrderAsync(customerId, tenant, orderId, cancellationToken);
            var known = stored?.Current.View ?? new KnownOrder(orderId);
            var next = known.With(data, sequence, time);
            if (stored is null || next != known)
            {
                await store.SaveOrderAsync(customerId, tenant, next, stored?.ETag, cancellationToken);
                continue; // Saved, or somebody else was faster: look again.
            }

            if (await IsCountedAsync(customerId, tenant, profile, stored, cancellationToken))
            {
                return;
            }
        }

        throw new StoreUnavailableException($"Order {orderId} changed under each of {MaxSteps} attempts to count it for '{customerId}'.");
    }

    /// <summary>Does the next of the three writes, if one is left to do.</summary>
    /// <returns>Whether none was.</returns>
    private async Task<bool> IsCountedAsync(
        string customerId, string? tenant, StoredView<MarketingProfile>? stored, StoredView<KnownOrder> order, CancellationToken cancellationToken)
    {
        var profile = stored?.Current.View ?? new MarketingProfile(customerId);
        var known = order.Current.View;
        var wanted = known.Stage();
        switch (profile.Counting.TryGetValue(known.OrderId, out var counting) ? counting : (OrderStage?)null)
        {
            case null when known.Counted == wanted:
                return true;
            case var counted when (counted ?? known.Counted) != wanted:
                await store.SaveAsync(profile.Recounted(known, counted ?? known.Counted, wanted), tenant, stored?.ETag, cancellationToken);
                return false;
            case not null when known.Counted != wanted:
                await store.SaveOrderAsync(customerId, tenant, known with { Counted = wanted }, order.ETag, cancellationToken);
                return false;
            default:
                return await store.SaveAsync(profile.Noted(known.OrderId), tenant, stored?.ETag, cancellationToken);
        }
    }
}
