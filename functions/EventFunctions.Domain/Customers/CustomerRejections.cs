namespace EventFunctions.Domain.Customers;

/// <summary>The stable codes of the rules that an account refuses a command by.</summary>
public static class CustomerRejections
{
    /// <summary>There is no such account.</summary>
    public const string NotFound = "customer-not-found";

    /// <summary>The account exists and was opened with other content.</summary>
    public const string AlreadyRegistered = "customer-already-registered";

    /// <summary>Everything personal is gone, and the id is not used again.</summary>
    public const string Erased = "customer-erased";

    /// <summary>The account is closed.</summary>
    public const string Deactivated = "customer-deactivated";

    /// <summary>The address that the proof is for waits for none (any more).</summary>
    public const string VerificationSuperseded = "verification-superseded";

    /// <summary>No address of the account was ever shown to be the customer's.</summary>
    public const string AddressUnverified = "customer-address-unverified";

    /// <summary>The customer has a higher tier already; there are promotions only.</summary>
    public const string TierNotHigher = "customer-tier-not-higher";

    /// <summary>Every code above.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        NotFound, AlreadyRegistered, Erased, Deactivated, VerificationSuperseded, AddressUnverified, TierNotHigher,
    ];
}
