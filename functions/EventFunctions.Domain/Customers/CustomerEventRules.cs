using EventFunctions.EventSourcing;

namespace EventFunctions.Domain.Customers;

/// <summary>What is true of every event of a customer's account. Personal data is not among it: it may be sealed, or erased.</summary>
public sealed class CustomerEventRules : IEventRules<CustomerEvent>
{
    /// <summary>The addresses of an account are numbered from 1, and one that took the place of another is not the first.</summary>
    public const string AddressVersion = "customer-address-version";

    /// <summary>A promotion leads to a higher tier.</summary>
    public const string Tier = "customer-tier";

    /// <summary>A closed account has a reason code.</summary>
    public const string ReasonCode = "customer-reason-code";

    /// <summary>The reason of a closed account has at most 500 characters.</summary>
    public const string ReasonLength = "customer-reason-length";

    /// <inheritdoc/>
    public IEnumerable<EventProblem> Problems(CustomerEvent @event) => Broken(@event).OfType<EventProblem>();

    private static EventProblem?[] Broken(CustomerEvent @event) => @event switch
    {
        CustomerActivated { AddressVersion: < 1 } e => [new(AddressVersion, $"The address is number {e.AddressVersion}; the first is 1.")],
        CustomerEmailChanged { AddressVersion: < 2 } e => [LaterAddress(e.AddressVersion)],
        CustomerEmailConfirmed { AddressVersion: < 2 } e => [LaterAddress(e.AddressVersion)],
        CustomerPromoted e when e.Tier <= e.FormerTier => [new(Tier, $"From {e.FormerTier} to {e.Tier} is no promotion.")],
        CustomerDeactivated e => [Rule.Present(ReasonCode, e.ReasonCode), Rule.Reason(ReasonLength, e.Reason)],
        _ => [],
    };

    private static EventProblem LaterAddress(int number) => new(AddressVersion, $"The address is number {number}; it is not the account's first.");
}
