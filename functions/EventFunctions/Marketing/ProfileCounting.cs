using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Marketing;

/// <summary>Counts orders in profiles, each once, however often, late or out of order its events arrive.</summary>
/// <remarks>
/// What is known of an order says how the profile counts it, and lies in the profile's partition: both are written in one
/// transaction, or neither is.
/// </remarks>
/// <param name="store">Keeps both.</param>
public sealed class ProfileCounting(ProfileStore store)
{
    private const int MaxAttempts = 50;

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
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var reading = store.FindOrderAsync(customerId, tenant, orderId, cancellationToken);
            var profile = await store.FindAsync(customerId, tenant, cancellationToken);
            var order = await reading;
            if (profile is { Current.View.IsErased: true })
            {
                return;
            }

            var known = order?.Current.View ?? new KnownOrder(orderId);
            var next = known.With(data, sequence, time);
            var isNews = order is null || next != known;
            if (!isNews || await store.SaveAsync(Counted(profile?.Current.View ?? new MarketingProfile(customerId), next), tenant, profile?.ETag, order?.ETag, cancellationToken))
            {
                return;
            }
        }

        throw new StoreUnavailableException($"Order {orderId} changed under each of {MaxAttempts} attempts to count it for '{customerId}'.");
    }

    private static (MarketingProfile Profile, KnownOrder Order) Counted(MarketingProfile profile, KnownOrder order) =>
        order.Stage() is var stage && stage == order.Counted
            ? (profile, order)
            : (profile.Recounted(order, order.Counted, stage), order with { Counted = stage });
}
