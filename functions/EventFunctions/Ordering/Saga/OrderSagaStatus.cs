namespace EventFunctions.Ordering.Saga;

/// <summary>Where a saga stands, as its custom status shows it.</summary>
/// <param name="State">One of <see cref="OrderSagaState"/>.</param>
/// <param name="Step">The step it is at.</param>
/// <param name="Code">Why the order is being cancelled, if it is.</param>
public sealed record OrderSagaStatus(string State, string Step, string? Code = null);

/// <summary>The states of a saga. Strings, because they are read by people and by other programs.</summary>
public static class OrderSagaState
{
    /// <summary>Steps are being taken.</summary>
    public const string Running = "Running";

    /// <summary>The parcel is on its way.</summary>
    public const string AwaitingDelivery = "AwaitingDelivery";

    /// <summary>Steps are being undone.</summary>
    public const string Compensating = "Compensating";

    /// <summary>End: the order was delivered.</summary>
    public const string Completed = "Completed";

    /// <summary>End: everything was undone and the order cancelled.</summary>
    public const string Compensated = "Compensated";

    /// <summary>End: something could not be undone; an operator has to.</summary>
    public const string CompensationFailed = "CompensationFailed";

    /// <summary>End: the order was shipped, but the stock could not be told; an operator has to.</summary>
    public const string CompletionFailed = "CompletionFailed";

    /// <summary>End: no word of the parcel in time; a later one still closes the order.</summary>
    public const string DeliveryOverdue = "DeliveryOverdue";

    /// <summary>End: the order was not open to be processed.</summary>
    public const string Skipped = "Skipped";
}

/// <summary>How a saga ended, for an operator to read.</summary>
/// <param name="State">One of the end states of <see cref="OrderSagaState"/>.</param>
/// <param name="Code">Why the order was cancelled, if it was; stable.</param>
/// <param name="Reason">The same for an operator: more than the customer is told.</param>
/// <param name="FailedStep">The step that failed, if one did.</param>
/// <param name="NotUndone">What could not be undone and has to be by hand.</param>
public sealed record OrderSagaResult(
    string State, string? Code = null, string? Reason = null, string? FailedStep = null, IReadOnlyList<FailedUndo>? NotUndone = null);

/// <summary>Something that could not be undone.</summary>
/// <param name="Step">The undoing step, e.g. <c>reverse-payment</c>.</param>
/// <param name="Error">The last error.</param>
public sealed record FailedUndo(string Step, string Error);
