using EventFunctions.Domain;
using EventFunctions.Domain.Customers;

namespace EventFunctions.Customers.Api;

/// <summary>How an account is after a command. It tells nothing personal: who sent it knows that.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="Status">How the account stands.</param>
/// <param name="Tier">How well the customer is served.</param>
/// <param name="HasUnverifiedAddress">Whether an address waits to be verified.</param>
/// <param name="Version">The version that the command produced.</param>
public sealed record CustomerAnswer(CustomerId CustomerId, CustomerStatus Status, CustomerTier Tier, bool HasUnverifiedAddress, long Version)
{
    /// <summary>The answer that a state is.</summary>
    public static CustomerAnswer Of(CustomerId customerId, Customer state, long version)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new CustomerAnswer(customerId, state.Status, state.Tier, state.PendingEmail is not null, version);
    }
}
