namespace EventFunctions.Domain.Ordering;

/// <summary>The stable codes of the rules that an order refuses a command by.</summary>
public static class OrderRejections
{
    /// <summary>There is no such order.</summary>
    public const string NotFound = "order-not-found";

    /// <summary>The order exists and was placed with other content.</summary>
    public const string AlreadyPlaced = "order-already-placed";

    /// <summary>The order has not come far enough for the command.</summary>
    public const string Status = "order-status";

    /// <summary>The order is cancelled and goes no further.</summary>
    public const string Cancelled = "order-cancelled";

    /// <summary>The order is shipped or delivered: too late to cancel.</summary>
    public const string NotCancellable = "order-not-cancellable";

    /// <summary>The amount paid is not the order's total.</summary>
    public const string AmountMismatch = "order-amount-mismatch";

    /// <summary>There is no address to send the order to: it is <see cref="Address.NotRecorded"/>.</summary>
    public const string AddressNotRecorded = "order-address-not-recorded";

    /// <summary>The order was shipped under another tracking number.</summary>
    public const string AlreadyShipped = "order-already-shipped";

    /// <summary>No lines, or more than <see cref="OrderLines.MaxCount"/>.</summary>
    public const string LinesCount = "order-lines-count";

    /// <summary>A product is on more than one line.</summary>
    public const string DuplicateProduct = "order-duplicate-product";

    /// <summary>The lines are priced in more than one currency.</summary>
    public const string MixedCurrencies = "order-mixed-currencies";

    /// <summary>The total exceeds <see cref="Money.MaxAmount"/>.</summary>
    public const string TotalTooLarge = "order-total-too-large";

    /// <summary>The total is nothing.</summary>
    public const string TotalZero = "order-total-zero";

    /// <summary>The order has to be reviewed before it is confirmed.</summary>
    public const string ReviewPending = "order-review-pending";

    /// <summary>Nobody has to review the order.</summary>
    public const string NoReview = "order-without-review";

    /// <summary>The reviewer has approved the order, so it is too late to reject it.</summary>
    public const string AlreadyApproved = "order-already-approved";

    /// <summary>Every code above.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        NotFound, AlreadyPlaced, Status, Cancelled, NotCancellable, AmountMismatch, AddressNotRecorded, AlreadyShipped,
        LinesCount, DuplicateProduct, MixedCurrencies, TotalTooLarge, TotalZero, ReviewPending, NoReview,
        AlreadyApproved,
    ];
}
