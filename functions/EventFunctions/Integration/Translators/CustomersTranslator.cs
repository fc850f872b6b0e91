using System.Diagnostics;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Integration.Contracts;

namespace EventFunctions.Integration.Translators;

/// <summary>
/// Tells others how accounts stand, under pseudonyms: no name, no address, no telephone, and not why an account was closed. When
/// somebody was here, too, is between the shop and them.
/// </summary>
public sealed class CustomersTranslator : IIntegrationTranslator
{
    /// <inheritdoc/>
    public string Category => Customer.Category;

    /// <inheritdoc/>
    public IReadOnlyList<IntegrationEvent> Translate(IDomainEvent data) => data switch
    {
        // Whoever registers says as well whether they want advertising; those who never change their mind say it nowhere else.
        CustomerRegistered e =>
        [
            new ShopCustomerRegistered(e.CustomerId.Value),
            new ShopCustomerPreferencesUpdated(e.CustomerId.Value, e.Preferences.MarketingConsent),
        ],
        CustomerActivated e => [new ShopCustomerActivated(e.CustomerId.Value)],
        CustomerPromoted e => [new ShopCustomerTierChanged(e.CustomerId.Value, NameOf(e.Tier))],
        CustomerPreferencesUpdated e => [new ShopCustomerPreferencesUpdated(e.CustomerId.Value, e.Preferences.MarketingConsent)],
        CustomerDeactivated e => [new ShopCustomerDeactivated(e.CustomerId.Value)],
        CustomerErased e => [new ShopCustomerErased(e.CustomerId.Value)],
        _ => [],
    };

    /// <summary>What others know tiers by, whatever they are called inside.</summary>
    private static string NameOf(CustomerTier tier) => tier switch
    {
        CustomerTier.Standard => "standard",
        CustomerTier.Silver => "silver",
        CustomerTier.Gold => "gold",
        CustomerTier.Platinum => "platinum",
        _ => throw new UnreachableException($"There is no tier {tier}."),
    };
}
