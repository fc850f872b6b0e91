using System.Text.Json.Serialization;

namespace EventFunctions.Local.Host.Sandbox.Payments;

/// <summary>What a merchant may ask of the payment provider.</summary>
[JsonDerivedType(typeof(Authorize), "authorize")]
[JsonDerivedType(typeof(Capture), "capture")]
[JsonDerivedType(typeof(Void), "void")]
[JsonDerivedType(typeof(Refund), "refund")]
internal abstract record PaymentOperation
{
    private PaymentOperation()
    {
    }

    /// <summary>Hold an amount on a card.</summary>
    /// <param name="Reference">The merchant's own name for it.</param>
    /// <param name="Amount">More than 0.</param>
    /// <param name="Currency">ISO 4217 code.</param>
    /// <param name="Token">The card.</param>
    public sealed record Authorize(string Reference, decimal Amount, string Currency, string Token) : PaymentOperation;

    /// <summary>Take an amount that is held.</summary>
    /// <param name="AuthorizationId">Which.</param>
    /// <param name="Amount">More than 0.</param>
    public sealed record Capture(string AuthorizationId, decimal Amount) : PaymentOperation;

    /// <summary>Let go of what is held; only while nothing was taken.</summary>
    /// <param name="AuthorizationId">Which.</param>
    public sealed record Void(string AuthorizationId) : PaymentOperation;

    /// <summary>Give back what was taken.</summary>
    /// <param name="AuthorizationId">Which.</param>
    /// <param name="Amount">More than 0.</param>
    public sealed record Refund(string AuthorizationId, decimal Amount) : PaymentOperation;
}

/// <summary>How the provider decides on an operation.</summary>
internal abstract record PaymentOutcome
{
    private PaymentOutcome()
    {
    }

    /// <summary>Done.</summary>
    /// <param name="Next">The authorisation from now on.</param>
    public sealed record Done(Authorization Next) : PaymentOutcome;

    /// <summary>The card's issuer says no: 402.</summary>
    /// <param name="Code">Stable, for programs.</param>
    /// <param name="Message">For a person.</param>
    public sealed record Declined(string Code, string Message) : PaymentOutcome;

    /// <summary>The call is wrong: 4xx.</summary>
    /// <param name="Status">404, 409 or 422.</param>
    /// <param name="Code">Stable, for programs.</param>
    /// <param name="Detail">For a person.</param>
    public sealed record Refused(int Status, string Code, string Detail) : PaymentOutcome;
}
