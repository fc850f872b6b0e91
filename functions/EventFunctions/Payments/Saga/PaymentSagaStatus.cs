using EventFunctions.Ordering.Saga;

namespace EventFunctions.Payments.Saga;

/// <summary>Where a payment's saga stands, as its custom status shows it.</summary>
/// <param name="State">One of <see cref="PaymentSagaState"/>.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Code">Why it was declined or got no answer, if it was or did.</param>
public sealed record PaymentSagaStatus(string State, PaymentOperation Operation, string? Code = null);

/// <summary>The states of a payment's saga. Strings, because they are read by people and by other programs.</summary>
public static class PaymentSagaState
{
    /// <summary>The provider is asked to hold the amount.</summary>
    public const string Authorizing = "Authorizing";

    /// <summary>The provider is asked for the money.</summary>
    public const string Capturing = "Capturing";

    /// <summary>The provider is asked to let go of the hold.</summary>
    public const string Voiding = "Voiding";

    /// <summary>The provider is asked to pay money back.</summary>
    public const string Refunding = "Refunding";

    /// <summary>Everything is being given back, by what the provider's books say.</summary>
    public const string Reversing = "Reversing";

    /// <summary>End: the amount is held.</summary>
    public const string Authorized = "Authorized";

    /// <summary>End: the money was taken.</summary>
    public const string Captured = "Captured";

    /// <summary>End: nothing is held any more.</summary>
    public const string Voided = "Voided";

    /// <summary>End: the money was paid back.</summary>
    public const string Refunded = "Refunded";

    /// <summary>End: nothing is held, and what was taken is paid back. There may have been nothing.</summary>
    public const string Reversed = "Reversed";

    /// <summary>End: the provider or a rule said no, and nothing happened.</summary>
    public const string Declined = "Declined";

    /// <summary>End: no answer after all attempts, so it may have happened; the same operation again under the same step tells.</summary>
    public const string Unanswered = "Unanswered";

    /// <summary>End: not everything could be given back; it has to be tried again.</summary>
    public const string ReversalFailed = "ReversalFailed";

    /// <summary>Which state may follow which; <c>docs/sagas/payment.md</c> shows it.</summary>
    public static StateTransitions Transitions { get; } = new(
        nameof(PaymentSaga),
        (StateTransitions.Start, [Authorizing, Capturing, Voiding, Refunding, Reversing]),
        (Authorizing, [Authorized, Declined, Reversing]),
        (Capturing, [Captured, Declined, Unanswered]),
        (Voiding, [Voided, Declined, Unanswered]),
        (Refunding, [Refunded, Declined, Unanswered]),
        (Reversing, [Reversed, ReversalFailed]));

    /// <summary>The state an operation begins in.</summary>
    public static string FirstOf(PaymentOperation operation) => operation switch
    {
        PaymentOperation.Authorize => Authorizing,
        PaymentOperation.Capture => Capturing,
        PaymentOperation.Void => Voiding,
        PaymentOperation.Refund => Refunding,
        PaymentOperation.Reverse => Reversing,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation on a payment."),
    };
}

/// <summary>How an operation on a payment ended.</summary>
/// <param name="State">One of the end states of <see cref="PaymentSagaState"/>.</param>
/// <param name="Code">Why it was declined or got no answer, if it was or did; stable.</param>
/// <param name="Reason">The same for the customer, who may be shown it.</param>
/// <param name="Detail">The technical cause for an operator, where there is one.</param>
public sealed record PaymentSagaResult(string State, string? Code = null, string? Reason = null, string? Detail = null);
