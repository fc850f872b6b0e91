using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Customers;

/// <summary>Something that happened to a customer's account.</summary>
public abstract record CustomerEvent : IDomainEvent
{
    private protected CustomerEvent()
    {
    }

    /// <summary>The customer.</summary>
    [DataSubject]
    public abstract CustomerId CustomerId { get; init; }
}

/// <summary>An account was opened. Its address, number 1, waits to be shown to be the customer's.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Name">What they want to be called.</param>
/// <param name="Email">The address.</param>
/// <param name="Preferences">How they want to be spoken to.</param>
/// <param name="Phone">Their telephone, if they told it.</param>
[EventType("customer-registered")]
[RaisedBy(typeof(RegisterCustomer))]
public sealed record CustomerRegistered(
    CustomerId CustomerId,
    [property: PersonalData] PersonName Name,
    [property: PersonalData] Email Email,
    CustomerPreferences Preferences,
    [property: PersonalData] PhoneNumber? Phone = null) : CustomerEvent;

/// <summary>The account is open: the customer has shown for the first time that an address is theirs, or it was opened again.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="AddressVersion">Which address of the account mails go to from now on.</param>
[EventType("customer-activated")]
[RaisedBy(typeof(ConfirmAddress), typeof(ReactivateCustomer))]
public sealed record CustomerActivated(CustomerId CustomerId, int AddressVersion) : CustomerEvent;

/// <summary>Who the customer is has changed.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Name">What they want to be called.</param>
/// <param name="Phone">Their telephone, if they have told one.</param>
[EventType("customer-updated")]
[RaisedBy(typeof(UpdateCustomer))]
public sealed record CustomerUpdated(
    CustomerId CustomerId, [property: PersonalData] PersonName Name, [property: PersonalData] PhoneNumber? Phone = null) : CustomerEvent;

/// <summary>The account has a new address, which waits to be shown to be the customer's. Mails go to the former one until then.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Email">The new address.</param>
/// <param name="AddressVersion">Its number in the account: one more than that of the address before it, 2 or more.</param>
[EventType("customer-email-changed")]
[RaisedBy(typeof(ChangeEmail))]
public sealed record CustomerEmailChanged(CustomerId CustomerId, [property: PersonalData] Email Email, int AddressVersion) : CustomerEvent;

/// <summary>The customer of an open account has shown that its new address is theirs. Mails go there from now on.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="AddressVersion">Which address of the account it is, 2 or more.</param>
[EventType("customer-email-confirmed")]
[RaisedBy(typeof(ConfirmAddress))]
public sealed record CustomerEmailConfirmed(CustomerId CustomerId, int AddressVersion) : CustomerEvent;

/// <summary>The customer is served better from now on.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Tier">The new tier.</param>
/// <param name="FormerTier">The one before; a lower one.</param>
[EventType("customer-promoted")]
[RaisedBy(typeof(PromoteCustomer))]
public sealed record CustomerPromoted(CustomerId CustomerId, CustomerTier Tier, CustomerTier FormerTier) : CustomerEvent;

/// <summary>How the customer wants to be spoken to has changed.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Preferences">All of it, as it is from now on.</param>
[EventType("customer-preferences-updated")]
[RaisedBy(typeof(UpdatePreferences))]
public sealed record CustomerPreferencesUpdated(CustomerId CustomerId, CustomerPreferences Preferences) : CustomerEvent;

/// <summary>The identity provider has opened a session for the customer.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="SessionId">The session.</param>
/// <param name="LoggedInAt">When, as the provider says; UTC.</param>
[EventType("customer-logged-in")]
[RaisedBy(typeof(RecordLogin))]
public sealed record CustomerLoggedIn(CustomerId CustomerId, SessionId SessionId, DateTimeOffset LoggedInAt) : CustomerEvent;

/// <summary>The identity provider has closed a session of the customer.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="SessionId">The session.</param>
/// <param name="LoggedOutAt">When, as the provider says; UTC.</param>
[EventType("customer-logged-out")]
[RaisedBy(typeof(RecordLogout))]
public sealed record CustomerLoggedOut(CustomerId CustomerId, SessionId SessionId, DateTimeOffset LoggedOutAt) : CustomerEvent;

/// <summary>The account is closed. Its open sessions count as ended.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="ReasonCode">Stable, for programs, e.g. <see cref="CustomerReasons.VerificationExpired"/>.</param>
/// <param name="Reason">For a person, at most 500 characters.</param>
[EventType("customer-deactivated")]
[RaisedBy(typeof(DeactivateCustomer), typeof(ExpireRegistration))]
public sealed record CustomerDeactivated(CustomerId CustomerId, string ReasonCode, [property: PersonalData] string Reason) : CustomerEvent;

/// <summary>Everything personal about the customer is gone. The account's last event.</summary>
/// <param name="CustomerId">The customer, a pseudonym that names nobody any more.</param>
[EventType("customer-erased")]
[RaisedBy(typeof(EraseCustomer))]
public sealed record CustomerErased(CustomerId CustomerId) : CustomerEvent;
