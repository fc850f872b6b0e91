using System.Collections.Immutable;
using System.Diagnostics;
using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Customers;

/// <summary>The state of a customer's account. What is <see langword="null"/> is not known, or not any more.</summary>
public sealed record Customer : IAggregate<Customer, CustomerEvent>
{
    /// <summary>How many open sessions are remembered, the newest: they are part of the snapshot that every append writes.</summary>
    public const int OpenSessionsKept = 20;

    /// <inheritdoc/>
    public static string Category => "customers";

    /// <inheritdoc/>
    public static int StateSchema => 1;

    /// <inheritdoc/>
    public static Customer Initial { get; } = new();

    /// <summary>The customer; set from the first event on.</summary>
    [DataSubject]
    public CustomerId? Id { get; init; }

    /// <summary>How the account stands.</summary>
    public CustomerStatus Status { get; init; }

    /// <summary>What the customer wants to be called.</summary>
    [PersonalData]
    public PersonName? Name { get; init; }

    /// <summary>The address that was shown to be the customer's: where mails go.</summary>
    [PersonalData]
    public Email? Email { get; init; }

    /// <summary>The address that <see cref="Email"/> was before, where it has changed.</summary>
    [PersonalData]
    public Email? FormerEmail { get; init; }

    /// <summary>The address that waits to be shown to be the customer's; it is number <see cref="AddressVersion"/>.</summary>
    [PersonalData]
    public Email? PendingEmail { get; init; }

    /// <summary>The customer's telephone, if they told it.</summary>
    [PersonalData]
    public PhoneNumber? Phone { get; init; }

    /// <summary>How many addresses the account has had, those included that never were shown to be the customer's.</summary>
    public int AddressVersion { get; init; }

    /// <summary>The number of <see cref="Email"/>; 0 while there is none.</summary>
    public int VerifiedVersion { get; init; }

    /// <summary>How well the customer is served.</summary>
    public CustomerTier Tier { get; init; }

    /// <summary>How the customer wants to be spoken to.</summary>
    public CustomerPreferences Preferences { get; init; } = CustomerPreferences.Default;

    /// <summary>The newest open sessions, oldest first, at most <see cref="OpenSessionsKept"/>.</summary>
    public ImmutableList<SessionId> OpenSessions { get; init; } = [];

    /// <summary>When a session was last opened; UTC.</summary>
    public DateTimeOffset? LastLoginAt { get; init; }

    /// <summary>The stream of an account.</summary>
    /// <param name="customerId">The customer.</param>
    /// <param name="tenant">The tenant, where it is not the default one.</param>
    public static StreamName StreamOf(CustomerId customerId, string? tenant = null)
    {
        ArgumentNullException.ThrowIfNull(customerId);
        return new StreamName(Category, customerId.Value, tenant);
    }

    /// <summary>Whether nobody else may have the address, because this account does.</summary>
    /// <remarks>A closed account keeps the address that was shown to be the customer's, and no other: it may be opened again.</remarks>
    public bool Uses(Email email)
    {
        ArgumentNullException.ThrowIfNull(email);
        return Status switch
        {
            CustomerStatus.Registered or CustomerStatus.Active => email.IsSameMailbox(Email) || email.IsSameMailbox(PendingEmail),
            CustomerStatus.Deactivated => email.IsSameMailbox(Email),
            _ => false,
        };
    }

    /// <summary>The address mails went to when address number <paramref name="addressVersion"/> was asked for; none where there was none.</summary>
    public Email? EmailBefore(int addressVersion) => VerifiedVersion < addressVersion ? Email : FormerEmail;

    /// <inheritdoc/>
    public Customer Apply(CustomerEvent @event) => @event switch
    {
        CustomerRegistered e => this with
        {
            Id = e.CustomerId,
            Status = CustomerStatus.Registered,
            Name = e.Name,
            PendingEmail = e.Email,
            Phone = e.Phone,
            AddressVersion = 1,
            Preferences = e.Preferences,
        },
        CustomerActivated e when Status == CustomerStatus.Deactivated => this with { Status = CustomerStatus.Active, PendingEmail = null },
        CustomerActivated e => Verified(e.AddressVersion) with { Status = CustomerStatus.Active },
        CustomerUpdated e => this with { Name = e.Name, Phone = e.Phone },
        CustomerEmailChanged e => this with { PendingEmail = e.Email, AddressVersion = e.AddressVersion },
        CustomerEmailConfirmed e => Verified(e.AddressVersion),
        CustomerPromoted e => this with { Tier = e.Tier },
        CustomerPreferencesUpdated e => this with { Preferences = e.Preferences },
        CustomerLoggedIn e => this with { LastLoginAt = e.LoggedInAt, OpenSessions = Open(e.SessionId) },
        CustomerLoggedOut e => this with { OpenSessions = OpenSessions.Remove(e.SessionId) },
        CustomerDeactivated => this with { Status = CustomerStatus.Deactivated, OpenSessions = [] },
        CustomerErased e => new Customer { Id = e.CustomerId, Status = CustomerStatus.Erased, AddressVersion = AddressVersion, Tier = Tier },
        _ => throw new UnreachableException($"Customers have no event {@event.GetType()}."),
    };

    private Customer Verified(int version) => this with
    {
        Email = PendingEmail,
        FormerEmail = Email,
        PendingEmail = null,
        VerifiedVersion = version,
    };

    private ImmutableList<SessionId> Open(SessionId session)
    {
        var open = OpenSessions.Add(session);
        return open.Count > OpenSessionsKept ? open.RemoveAt(0) : open;
    }
}
