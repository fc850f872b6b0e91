using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.Integration.Contracts;
using EventFunctions.Integration.Translators;

namespace EventFunctions.Tests.Integration;

/// <summary>What others are told of customers.</summary>
public sealed class CustomersTranslatorTests
{
    private static readonly CustomerId Customer = new("customer-1");
    private readonly CustomersTranslator _translator = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_registers_is_told_with_whether_they_want_advertising(bool consent)
    {
        var registered = new CustomerRegistered(
            Customer, new PersonName("Ada"), new Email("ada@example.com"), CustomerPreferences.Default with { MarketingConsent = consent });

        Assert.Equal(
            [new ShopCustomerRegistered(Customer.Value), new ShopCustomerPreferencesUpdated(Customer.Value, consent)], _translator.Translate(registered));
    }

    [Theory]
    [InlineData(CustomerTier.Silver, "silver")]
    [InlineData(CustomerTier.Gold, "gold")]
    [InlineData(CustomerTier.Platinum, "platinum")]
    public void A_promotion_names_the_new_tier(CustomerTier tier, string name) => Assert.Equal(
        [new ShopCustomerTierChanged(Customer.Value, name)], _translator.Translate(new CustomerPromoted(Customer, tier, CustomerTier.Standard)));

    [Fact]
    public void Every_tier_has_a_name_of_its_own()
    {
        var names = Enum.GetValues<CustomerTier>().SelectMany(t => _translator.Translate(new CustomerPromoted(Customer, t, CustomerTier.Standard)))
            .Cast<ShopCustomerTierChanged>().Select(c => c.Tier).ToList();

        Assert.Equal(Enum.GetValues<CustomerTier>().Length, names.Distinct().Count());
    }

    [Fact]
    public void That_somebody_was_here_or_has_another_address_is_not_told()
    {
        Assert.Empty(_translator.Translate(new CustomerLoggedIn(Customer, new SessionId("session-1"), DateTimeOffset.UnixEpoch)));
        Assert.Empty(_translator.Translate(new CustomerEmailChanged(Customer, new Email("ada@example.com"), 2)));
    }
}
