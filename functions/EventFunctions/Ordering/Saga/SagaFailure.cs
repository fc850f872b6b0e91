using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Saga;

/// <summary>Why a saga cannot go on.</summary>
/// <param name="Step">At which step.</param>
/// <param name="Code">Stable; becomes the reason code of the order's cancellation.</param>
/// <param name="Reason">The same for the customer, who is shown it; it tells nothing of how the system is built.</param>
public sealed record SagaFailure(string Step, string Code, string Reason)
{
    /// <summary>Whether the step got no answer, so that it may have taken effect all the same.</summary>
    public bool IsUncertain { get; init; }

    /// <summary>The customer's own words, where they gave any: sealed, because what a saga keeps is no place for them in clear.</summary>
    public SealedValue? SealedReason { get; init; }

    /// <summary>The technical cause for an operator, where there is one.</summary>
    public string? Detail { get; init; }

    /// <summary>The reason code of a customer's cancellation.</summary>
    public const string CancelledByCustomer = "cancelled-by-customer";

    /// <summary>The reason code of a step that got no answer from what it depends on, whatever that is.</summary>
    public static string UnavailableCode(string activity) => activity switch
    {
        OrderSteps.AuthorizePayment or OrderSteps.CapturePayment => "payment-unavailable",
        OrderSteps.CreateShipment => "carrier-unavailable",
        OrderSteps.ReserveStock or OrderSteps.CommitStock => "stock-unavailable",
        _ => "processing-failed",
    };

    /// <summary>The same in words that a customer may read.</summary>
    public static string UnavailableReason(string activity) => activity switch
    {
        OrderSteps.AuthorizePayment or OrderSteps.CapturePayment => "The payment could not be made: the payment provider did not answer.",
        OrderSteps.CreateShipment => "The shipment could not be ordered: the carrier did not answer.",
        OrderSteps.ReserveStock or OrderSteps.CommitStock => "The stock could not be asked.",
        _ => "The order could not be processed.",
    };
}
