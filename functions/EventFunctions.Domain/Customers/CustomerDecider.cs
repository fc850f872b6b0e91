using System.Diagnostics;
using EventFunctions.EventSourcing;
using static EventFunctions.EventSourcing.Decision<EventFunctions.Domain.Customers.CustomerEvent>;

namespace EventFunctions.Domain.Customers;

/// <summary>
/// What an account answers to commands. A command whose wish already holds does nothing. A closed account is opened again or
/// erased, and nothing else; of an erased one nothing can be asked but the same again.
/// </summary>
/// <remarks>
/// Each address of an account has a number, and is shown to be the customer's by a proof that names it: a proof for an address
/// that another has taken the place of is worth nothing, and one is not used twice. That no two accounts have one address is not
/// decided here, for no account knows the others.
/// </remarks>
public static class CustomerDecider
{
    /// <summary>Decides on a command.</summary>
    /// <param name="state">The account as it is.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="now">The time of the decision.</param>
    public static Decision<CustomerEvent> Decide(Customer state, CustomerCommand command, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Id is not { } id)
        {
            return command is RegisterCustomer register
                ? Accept(new CustomerRegistered(register.CustomerId, register.Name, register.Email, register.Preferences, register.Phone))
                : Reject(CustomerRejections.NotFound, "There is no such customer.");
        }

        return (state.Status, command) switch
        {
            (CustomerStatus.Erased, EraseCustomer) => Accept(),
            (CustomerStatus.Erased, _) => Reject(CustomerRejections.Erased, "The customer's data is erased."),
            (_, EraseCustomer) => Accept(new CustomerErased(id)),
            (_, RegisterCustomer register) => Register(state, register),
            (CustomerStatus.Deactivated, ReactivateCustomer) => Reactivate(state, id),
            (CustomerStatus.Deactivated, DeactivateCustomer or ExpireRegistration or RecordLogout) => Accept(),
            (CustomerStatus.Deactivated, _) => Reject(CustomerRejections.Deactivated, "The account is closed."),
            (_, ReactivateCustomer) => Accept(),
            (_, ExpireRegistration) => Expire(state, id),
            _ => DecideOpen(state, id, command, now),
        };
    }

    private static Decision<CustomerEvent> DecideOpen(Customer state, CustomerId id, CustomerCommand command, DateTimeOffset now) => command switch
    {
        ConfirmAddress confirm => Confirm(state, id, confirm.AddressVersion),
        UpdateCustomer update when update.Name == state.Name && update.Phone == state.Phone => Accept(),
        UpdateCustomer update => Accept(new CustomerUpdated(id, update.Name, update.Phone)),
        ChangeEmail change when change.Email == (state.PendingEmail ?? state.Email) => Accept(),
        ChangeEmail change => Accept(new CustomerEmailChanged(id, change.Email, state.AddressVersion + 1)),
        PromoteCustomer promote => Promote(state, id, promote.Tier),
        UpdatePreferences update when update.Preferences == state.Preferences => Accept(),
        UpdatePreferences update => Accept(new CustomerPreferencesUpdated(id, update.Preferences)),
        RecordLogin login when state.OpenSessions.Contains(login.SessionId) => Accept(),
        RecordLogin login => Accept(new CustomerLoggedIn(id, login.SessionId, PastTime.Of(login.At, now))),
        RecordLogout logout when !state.OpenSessions.Contains(logout.SessionId) => Accept(),
        RecordLogout logout => Accept(new CustomerLoggedOut(id, logout.SessionId, PastTime.Of(logout.At, now))),
        DeactivateCustomer deactivate => Accept(new CustomerDeactivated(id, deactivate.ReasonCode, ReasonText.Cut(deactivate.Reason))),
        _ => throw new UnreachableException($"Customers have no command {command.GetType()}."),
    };

    /// <summary>A repeated registration is recognised while nothing of it has changed; the address may have been confirmed since.</summary>
    private static Decision<CustomerEvent> Register(Customer state, RegisterCustomer command)
    {
        var asRegistered = state.Id == command.CustomerId && state.AddressVersion == 1 && (state.PendingEmail ?? state.Email) == command.Email
            && state.Name == command.Name && state.Phone == command.Phone && state.Preferences == command.Preferences;
        return asRegistered ? Accept() : Reject(CustomerRejections.AlreadyRegistered, "The account exists and has other content.");
    }

    private static Decision<CustomerEvent> Confirm(Customer state, CustomerId id, int version)
    {
        if (version == state.VerifiedVersion)
        {
            return Accept();
        }

        if (state.PendingEmail is null || version != state.AddressVersion)
        {
            return Reject(CustomerRejections.VerificationSuperseded, "The address that this would verify is not the account's newest any more.");
        }

        return state.Status == CustomerStatus.Registered
            ? Accept(new CustomerActivated(id, version))
            : Accept(new CustomerEmailConfirmed(id, version));
    }

    private static Decision<CustomerEvent> Reactivate(Customer state, CustomerId id) => state.Email is null
        ? Reject(CustomerRejections.AddressUnverified, "No address of the account was verified; the customer has to register anew.")
        : Accept(new CustomerActivated(id, state.VerifiedVersion));

    private static Decision<CustomerEvent> Expire(Customer state, CustomerId id) => state.Status == CustomerStatus.Registered
        ? Accept(new CustomerDeactivated(id, CustomerReasons.VerificationExpired, "Nobody has shown in time that the address is theirs."))
        : Accept();

    private static Decision<CustomerEvent> Promote(Customer state, CustomerId id, CustomerTier tier) => tier.CompareTo(state.Tier) switch
    {
        > 0 => Accept(new CustomerPromoted(id, tier, state.Tier)),
        0 => Accept(),
        < 0 => Reject(CustomerRejections.TierNotHigher, $"The customer is {state.Tier} already."),
    };
}
