using EventFunctions.Http;

namespace EventFunctions.Customers.Api;

/// <summary>Problems that are not an account's own to find.</summary>
public static class CustomerProblems
{
    /// <summary>Code: another account has the address.</summary>
    public const string EmailTaken = "email-taken";

    /// <summary>Code: the token is not one of the account.</summary>
    public const string TokenInvalid = "verification-token-invalid";

    /// <summary>422: another account has the address.</summary>
    public static Problem Taken() => Problem.Rule(EmailTaken, "Another account has this address, or is about to have it.");

    /// <summary>422: the token is not one of the account.</summary>
    public static Problem InvalidToken() => Problem.Rule(TokenInvalid, "The token is not one that was sent for this account.");
}
