namespace EventFunctions.Ordering.Saga;

/// <summary>How a saga ended, for an operator to read, and for a resumption to go on from.</summary>
/// <param name="State">One of the end states of <see cref="OrderSagaState"/>.</param>
/// <param name="Code">Why the order was cancelled, if it was; stable.</param>
/// <param name="Reason">The same for an operator: more than the customer is told.</param>
/// <param name="FailedStep">The step that failed, if one did.</param>
/// <param name="NotUndone">What could not be undone, the last step first; a resumption tries it again.</param>
public sealed record OrderSagaResult(
    string State, string? Code = null, string? Reason = null, string? FailedStep = null, IReadOnlyList<FailedUndo>? NotUndone = null)
{
    /// <summary>What the customer is told of the reason, where that is less.</summary>
    public string? CustomerReason { get; init; }

    /// <summary>The products of a shipped order that could not be taken off the stock; a resumption tries it again.</summary>
    public IReadOnlyList<PlannedProduct>? NotCommitted { get; init; }

    /// <summary>A delivery that could not be recorded on the order; a resumption tries it again.</summary>
    public DateTimeOffset? NotRecordedDelivery { get; init; }

    /// <summary>Whether an operator can have the saga resumed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsResumable => State is OrderSagaState.CompensationFailed or OrderSagaState.CompletionFailed;

    /// <summary>Whether it is not known if the order was shipped, so that nothing at all was undone.</summary>
    public bool? IsShipmentUnknown { get; init; }
}

/// <summary>Something that could not be undone.</summary>
/// <param name="Step">The undoing step, e.g. <c>ReversePayment</c>.</param>
/// <param name="Error">The last error.</param>
public sealed record FailedUndo(string Step, string Error)
{
    /// <summary>The product it is about, where there is one such step for each.</summary>
    public PlannedProduct? Product { get; init; }

    /// <summary>Whether the step to undo ended without an answer, so that it may have taken effect later.</summary>
    public bool IsUncertain { get; init; }
}
