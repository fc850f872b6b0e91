using System.Text.Json;
using EventFunctions.Customers.Views;
using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;
using EventFunctions.Tests.Publishing;

namespace EventFunctions.Tests.Customers;

/// <summary>The views show what the account's own state says, after every event.</summary>
public sealed class CustomerViewTests
{
    private static readonly CustomerId Ada = new("ada");

    private static readonly CustomerEvent[] Life =
    [
        new CustomerRegistered(Ada, new PersonName("Ada"), new Email("ada@example.com"), CustomerPreferences.Default, new PhoneNumber("+4930123456")),
        new CustomerEmailChanged(Ada, new Email("ada@example.net"), 2),
        new CustomerActivated(Ada, 2),
        new CustomerUpdated(Ada, new PersonName("Ada Byron")),
        new CustomerPromoted(Ada, CustomerTier.Gold, CustomerTier.Standard),
        new CustomerPreferencesUpdated(Ada, new CustomerPreferences(new LanguageTag("de"), true, new ContactChannels(true, true))),
        new CustomerEmailChanged(Ada, new Email("ada@example.org"), 3),
        new CustomerEmailConfirmed(Ada, 3),
        new CustomerLoggedIn(Ada, new SessionId("s"), DateTimeOffset.UnixEpoch),
        new CustomerLoggedOut(Ada, new SessionId("s"), DateTimeOffset.UnixEpoch),
        new CustomerEmailChanged(Ada, new Email("ada@example.io"), 4),
        new CustomerDeactivated(Ada, CustomerReasons.CustomerRequest, "Bye."),
        new CustomerActivated(Ada, 3),
        new CustomerErased(Ada),
    ];

    [Fact]
    public void The_views_follow_the_account_through_every_event()
    {
        var (state, view, item) = (Customer.Initial, (CustomerView?)null, (CustomerListItem?)null);
        for (var at = 0; at < Life.Length; at++)
        {
            var envelope = EventSamples.Envelope(Life[at], Customer.StreamOf(Ada), at + 1);
            state = state.Apply(Life[at]);
            view = new CustomerViewProjection().Apply(view, envelope);
            item = new CustomerListProjection().Apply(item, envelope);

            Assert.Equal(
                (state.Status, state.Tier, state.Name, state.Email, state.PendingEmail, state.Phone, state.Preferences, state.AddressVersion, state.LastLoginAt),
                (view.Status, view.Tier, view.Name, view.Email, view.PendingEmail, view.Phone, view.Preferences, view.AddressVersion, view.LastLoginAt));
            Assert.Equal((state.Status, state.Tier, at + 1L), (item.Status, item.Tier, item.Version));
            Assert.Equal(state.Status == CustomerStatus.Deactivated ? CustomerReasons.CustomerRequest : null, view.ClosedFor);
        }

        Assert.Equal(
            typeof(CustomerEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(CustomerEvent))).Select(t => t.Name).Order(),
            Life.Select(e => e.GetType().Name).Distinct().Order());
        Assert.DoesNotContain("example", JsonSerializer.Serialize(view, EventJson.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_does_not_begin_with_its_registration_is_not_shown()
    {
        var late = EventSamples.Envelope(Life[2], Customer.StreamOf(Ada), 2);

        Assert.Throws<InvalidOperationException>(() => new CustomerViewProjection().Apply(null, late));
        Assert.Throws<InvalidOperationException>(() => new CustomerListProjection().Apply(null, late));
    }
}
