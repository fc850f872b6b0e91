namespace EventFunctions.Domain.Customers;

/// <summary>The stable codes of why accounts are closed.</summary>
public static class CustomerReasons
{
    /// <summary>The customer wants it.</summary>
    public const string CustomerRequest = "customer-request";

    /// <summary>The shop wants it.</summary>
    public const string OperatorDecision = "operator-decision";

    /// <summary>Nobody has shown in time that the address is theirs.</summary>
    public const string VerificationExpired = "verification-expired";
}
