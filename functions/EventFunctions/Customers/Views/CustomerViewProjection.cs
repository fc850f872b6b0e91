using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;

namespace EventFunctions.Customers.Views;

/// <summary>Shows each account by its customer's id.</summary>
public sealed class CustomerViewProjection : IProjection<CustomerView>
{
    /// <summary>The stored kind of the views.</summary>
    public const string Kind = "customer";

    /// <inheritdoc/>
    public string Name => Kind;

    /// <summary>Where an account's view is kept.</summary>
    public static ViewKey KeyOf(CustomerId customerId) => new($"account-{customerId}", "account");

    /// <inheritdoc/>
    public ViewKey KeyOf(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        return KeyOf(((CustomerEvent)envelope.Data).CustomerId);
    }

    /// <inheritdoc/>
    public CustomerView Apply(CustomerView? view, EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var next = envelope.Data switch
        {
            CustomerRegistered e => new CustomerView(
                e.CustomerId, CustomerStatus.Registered, CustomerTier.Standard, e.Preferences, 1, envelope.Time, envelope.Time, envelope.Version, e.Name, null, e.Email, e.Phone),
            _ when view is null => throw new InvalidOperationException($"'{envelope.Stream}' begins with '{envelope.Type}': an account begins with being registered."),
            CustomerActivated when view.Status == CustomerStatus.Deactivated => view with { Status = CustomerStatus.Active, PendingEmail = null, ClosedFor = null },
            CustomerActivated => view with { Status = CustomerStatus.Active, Email = view.PendingEmail, PendingEmail = null },
            CustomerUpdated e => view with { Name = e.Name, Phone = e.Phone },
            CustomerEmailChanged e => view with { PendingEmail = e.Email, AddressVersion = e.AddressVersion },
            CustomerEmailConfirmed => view with { Email = view.PendingEmail, PendingEmail = null },
            CustomerPromoted e => view with { Tier = e.Tier },
            CustomerPreferencesUpdated e => view with { Preferences = e.Preferences },
            CustomerLoggedIn e => view with { LastLoginAt = e.LoggedInAt },
            CustomerDeactivated e => view with { Status = CustomerStatus.Deactivated, ClosedFor = e.ReasonCode },
            CustomerErased => view with
            {
                Status = CustomerStatus.Erased,
                Preferences = CustomerPreferences.Default,
                Name = null,
                Email = null,
                PendingEmail = null,
                Phone = null,
                LastLoginAt = null,
            },
            _ => view,
        };
        return next with { UpdatedAt = envelope.Time, Version = envelope.Version };
    }
}
