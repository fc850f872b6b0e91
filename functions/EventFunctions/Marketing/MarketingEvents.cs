using EventFunctions.Integration;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Marketing;

/// <summary>What marketing makes of integration events. In any order and any number of times: the profiles are the same.</summary>
/// <param name="counting">Counts orders.</param>
/// <param name="profiles">Keeps the rest of profiles.</param>
/// <param name="products">Keeps products.</param>
public sealed class MarketingEvents(ProfileCounting counting, ProfileStore profiles, ProductStore products)
{
    /// <summary>Handles an event; those that say nothing to marketing are ignored.</summary>
    public Task HandleAsync(IntegrationEnvelope envelope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var (tenant, sequence) = (envelope.Trace.Tenant, envelope.Sequence);
        return envelope.Data switch
        {
            ShopOrderPlaced e => CountAsync(e.CustomerId, e.OrderId),
            ShopOrderPaid e => CountAsync(e.CustomerId, e.OrderId),
            ShopOrderCancelled e => CountAsync(e.CustomerId, e.OrderId),
            ShopProductDescribed e => products.DescribeAsync(e, tenant, sequence, envelope.Time, cancellationToken),
            ShopCustomerRegistered e => ChangeAsync(e.CustomerId, p => p with { Account = Latest<AccountState>.Of(p.Account, AccountState.Registered, sequence) }),
            ShopCustomerActivated e => ChangeAsync(e.CustomerId, p => p with { Account = Latest<AccountState>.Of(p.Account, AccountState.Active, sequence) }),
            ShopCustomerDeactivated e => ChangeAsync(e.CustomerId, p => p with { Account = Latest<AccountState>.Of(p.Account, AccountState.Closed, sequence) }),
            ShopCustomerTierChanged e => ChangeAsync(e.CustomerId, p => p with { Tier = Latest<string>.Of(p.Tier, e.Tier, sequence) }),
            ShopCustomerPreferencesUpdated e =>
                ChangeAsync(e.CustomerId, p => p with { MarketingConsent = Latest<bool>.Of(p.MarketingConsent, e.MarketingConsent, sequence) }),
            ShopCustomerErased e => profiles.EraseAsync(e.CustomerId, tenant, cancellationToken),
            _ => Task.CompletedTask,
        };

        Task CountAsync(string customerId, string orderId) =>
            counting.HandleAsync(customerId, tenant, orderId, envelope.Data, sequence, envelope.Time, cancellationToken);

        Task ChangeAsync(string customerId, Func<MarketingProfile, MarketingProfile> change) =>
            profiles.ChangeAsync(customerId, tenant, change, cancellationToken);
    }
}
