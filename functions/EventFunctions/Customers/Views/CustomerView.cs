using EventFunctions.Domain;
using EventFunctions.Domain.Customers;
using EventFunctions.EventSourcing;

namespace EventFunctions.Customers.Views;

/// <summary>An account as its customer sees it.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Status">How the account stands.</param>
/// <param name="Tier">How well the customer is served.</param>
/// <param name="Preferences">How the customer wants to be spoken to.</param>
/// <param name="AddressVersion">How many addresses the account has had.</param>
/// <param name="RegisteredAt">When it was opened, UTC.</param>
/// <param name="UpdatedAt">When its newest event happened, UTC.</param>
/// <param name="Version">The version of the account it shows.</param>
/// <param name="Name">What the customer wants to be called; absent once erased.</param>
/// <param name="Email">The verified address; absent while there is none.</param>
/// <param name="PendingEmail">The address that waits to be verified, if one does.</param>
/// <param name="Phone">The customer's telephone, if they told it.</param>
/// <param name="LastLoginAt">When a session was last opened, UTC.</param>
/// <param name="ClosedFor">Why the account is closed, if it is: a reason code.</param>
public sealed record CustomerView(
    [property: DataSubject] CustomerId CustomerId,
    CustomerStatus Status,
    CustomerTier Tier,
    CustomerPreferences Preferences,
    int AddressVersion,
    DateTimeOffset RegisteredAt,
    DateTimeOffset UpdatedAt,
    long Version,
    [property: PersonalData] PersonName? Name = null,
    [property: PersonalData] Email? Email = null,
    [property: PersonalData] Email? PendingEmail = null,
    [property: PersonalData] PhoneNumber? Phone = null,
    DateTimeOffset? LastLoginAt = null,
    string? ClosedFor = null);
