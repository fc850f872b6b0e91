namespace EventFunctions.Domain.Payments;

/// <summary>The stable codes of the rules that a payment refuses a command by.</summary>
public static class PaymentRejections
{
    /// <summary>There is no such payment.</summary>
    public const string NotFound = "payment-not-found";

    /// <summary>The payment exists, for another order or amount.</summary>
    public const string AlreadyStarted = "payment-already-started";

    /// <summary>The amount is nothing.</summary>
    public const string AmountZero = "payment-amount-zero";

    /// <summary>The amount is not what is to be paid, or of another currency.</summary>
    public const string AmountMismatch = "payment-amount-mismatch";

    /// <summary>The payment has another authorisation.</summary>
    public const string AuthorizationMismatch = "payment-authorization-mismatch";

    /// <summary>Nothing is authorised.</summary>
    public const string NotAuthorized = "payment-not-authorized";

    /// <summary>The authorisation is voided.</summary>
    public const string Voided = "payment-voided";

    /// <summary>Money was taken: it can only be refunded.</summary>
    public const string Captured = "payment-captured";

    /// <summary>All that was taken is given back.</summary>
    public const string Refunded = "payment-refunded";

    /// <summary>More would be captured than is authorised.</summary>
    public const string CaptureTooLarge = "payment-capture-exceeds-authorization";

    /// <summary>The capture is known with another amount.</summary>
    public const string CaptureConflict = "payment-capture-conflict";

    /// <summary>Nothing was captured that could be refunded.</summary>
    public const string NotCaptured = "payment-not-captured";

    /// <summary>More would be refunded than is captured.</summary>
    public const string RefundTooLarge = "payment-refund-exceeds-capture";

    /// <summary>The refund is known with another amount.</summary>
    public const string RefundConflict = "payment-refund-conflict";

    /// <summary>The payment has <see cref="Payment.MaxTransfers"/> captures or refunds already.</summary>
    public const string TooManyTransfers = "payment-transfer-limit";

    /// <summary>Every code above.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        NotFound, AlreadyStarted, AmountZero, AmountMismatch, AuthorizationMismatch, NotAuthorized, Voided, Captured,
        Refunded, CaptureTooLarge, CaptureConflict, NotCaptured, RefundTooLarge, RefundConflict, TooManyTransfers,
    ];
}
