namespace EventFunctions.Domain.Customers;

/// <summary>What can be asked of a customer's account. Which customer is said by the stream that the command is sent to.</summary>
public abstract record CustomerCommand
{
    private protected CustomerCommand()
    {
    }
}

/// <summary>Open an account.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Name">What they want to be called.</param>
/// <param name="Email">Their address; nobody has shown yet that it is theirs.</param>
/// <param name="Preferences">How they want to be spoken to.</param>
/// <param name="Phone">Their telephone, if they told it.</param>
public sealed record RegisterCustomer(
    CustomerId CustomerId, PersonName Name, Email Email, CustomerPreferences Preferences, PhoneNumber? Phone = null) : CustomerCommand;

/// <summary>The customer has shown that the address that waits for it is theirs.</summary>
/// <param name="AddressVersion">Which address of the account, see <see cref="Customer.AddressVersion"/>.</param>
public sealed record ConfirmAddress(int AddressVersion) : CustomerCommand;

/// <summary>Open a closed account again.</summary>
public sealed record ReactivateCustomer : CustomerCommand;

/// <summary>Change who the customer is.</summary>
/// <param name="Name">What they want to be called.</param>
/// <param name="Phone">Their telephone; <see langword="null"/> for none.</param>
public sealed record UpdateCustomer(PersonName Name, PhoneNumber? Phone) : CustomerCommand;

/// <summary>Change the address. The present one stays in use until the new one is shown to be the customer's.</summary>
/// <param name="Email">The new address.</param>
public sealed record ChangeEmail(Email Email) : CustomerCommand;

/// <summary>Serve the customer better. A tier that they have, or have surpassed, changes nothing or is refused.</summary>
/// <param name="Tier">The new tier.</param>
public sealed record PromoteCustomer(CustomerTier Tier) : CustomerCommand;

/// <summary>Change how the customer wants to be spoken to.</summary>
/// <param name="Preferences">All of it, as it is from now on.</param>
public sealed record UpdatePreferences(CustomerPreferences Preferences) : CustomerCommand;

/// <summary>The identity provider has opened a session.</summary>
/// <param name="SessionId">The session; one that is open already changes nothing.</param>
/// <param name="At">When, by the provider's clock.</param>
public sealed record RecordLogin(SessionId SessionId, DateTimeOffset At) : CustomerCommand;

/// <summary>The identity provider has closed a session.</summary>
/// <param name="SessionId">The session; one that is not open changes nothing.</param>
/// <param name="At">When, by the provider's clock.</param>
public sealed record RecordLogout(SessionId SessionId, DateTimeOffset At) : CustomerCommand;

/// <summary>Close the account.</summary>
/// <param name="ReasonCode">Stable, for programs, e.g. <see cref="CustomerReasons.CustomerRequest"/>.</param>
/// <param name="Reason">For a person, at most 500 characters; a longer one is cut.</param>
public sealed record DeactivateCustomer(string ReasonCode, string Reason) : CustomerCommand;

/// <summary>Close the account if nobody has shown yet that its address is theirs; otherwise change nothing.</summary>
public sealed record ExpireRegistration : CustomerCommand;

/// <summary>Forget the customer.</summary>
public sealed record EraseCustomer : CustomerCommand;
