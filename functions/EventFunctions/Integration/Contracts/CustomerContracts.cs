namespace EventFunctions.Integration.Contracts;

/// <summary>Somebody has opened an account. Who it is, is not told.</summary>
/// <param name="CustomerId">The customer: a pseudonym.</param>
[Contract("shop.customer.registered")]
public sealed record ShopCustomerRegistered(string CustomerId) : IntegrationEvent;

/// <summary>The account is verified and can be used.</summary>
/// <param name="CustomerId">The customer.</param>
[Contract("shop.customer.activated")]
public sealed record ShopCustomerActivated(string CustomerId) : IntegrationEvent;

/// <summary>The customer has come into another tier.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Tier">The tier from now on, e.g. <c>gold</c>.</param>
[Contract("shop.customer.tier-changed")]
public sealed record ShopCustomerTierChanged(string CustomerId, string Tier) : IntegrationEvent;

/// <summary>The customer has said whether they want to be sent advertising.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="MarketingConsent">Whether they do, from now on (GDPR, article 7).</param>
[Contract("shop.customer.preferences-updated")]
public sealed record ShopCustomerPreferencesUpdated(string CustomerId, bool MarketingConsent) : IntegrationEvent;

/// <summary>The account is closed.</summary>
/// <param name="CustomerId">The customer.</param>
[Contract("shop.customer.deactivated")]
public sealed record ShopCustomerDeactivated(string CustomerId) : IntegrationEvent;

/// <summary>The customer's data is erased; whoever keeps anything about them has to erase it too (GDPR, article 19).</summary>
/// <param name="CustomerId">The customer.</param>
[Contract("shop.customer.erased")]
public sealed record ShopCustomerErased(string CustomerId) : IntegrationEvent;
