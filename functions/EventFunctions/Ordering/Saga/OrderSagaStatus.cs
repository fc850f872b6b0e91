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

    /// <summary>Somebody has to look at the order before anything is reserved.</summary>
    public const string AwaitingReview = "AwaitingReview";

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

    /// <summary>What an operator asked to be tried again is being tried.</summary>
    public const string Resuming = "Resuming";

    /// <summary>The ends after which an operator has something to do.</summary>
    public static IReadOnlyList<string> OpenEnds { get; } = [CompensationFailed, CompletionFailed, DeliveryOverdue];

    /// <summary>Which state may follow which; <c>docs/sagas/order.md</c> shows it.</summary>
    public static StateTransitions Transitions { get; } = new(
        nameof(OrderSaga),
        (StateTransitions.Start, [Running]),
        (Running, [AwaitingReview, AwaitingDelivery, Compensating, CompensationFailed, Skipped]),
        (AwaitingReview, [Running, Compensating]),
        (AwaitingDelivery, [Completed, CompletionFailed, DeliveryOverdue]),
        (Compensating, [Compensated, CompensationFailed]),
        (CompensationFailed, [Resuming]),
        (CompletionFailed, [Resuming]),
        (Resuming, [Compensated, CompensationFailed, Completed, CompletionFailed]));
}
