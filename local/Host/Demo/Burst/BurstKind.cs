namespace EventFunctions.Local.Host.Demo.Burst;

/// <summary>What an order of the burst runs into.</summary>
internal enum BurstKind
{
    /// <summary>Nothing: it is delivered.</summary>
    Smooth,

    /// <summary>The provider fails twice per operation; delivered all the same.</summary>
    FlakyPayment,

    /// <summary>The provider's first answer to each operation is lost; delivered all the same.</summary>
    LostPaymentAnswer,

    /// <summary>The carrier fails twice; delivered all the same.</summary>
    FlakyCarrier,

    /// <summary>The carrier's first answer is lost; delivered all the same.</summary>
    LostCarrierAnswer,

    /// <summary>The card is declined.</summary>
    Declined,

    /// <summary>The card's account is empty.</summary>
    Insufficient,

    /// <summary>The money is held, and can't be taken.</summary>
    CaptureDeclined,

    /// <summary>More is ordered than there is.</summary>
    OutOfStock,

    /// <summary>Many want the last few pieces: just as many orders are delivered as there are pieces.</summary>
    LastPieces,

    /// <summary>The carrier doesn't go there.</summary>
    Unshippable,

    /// <summary>The customer cancels at once.</summary>
    CancelledByCustomer,
}

/// <summary>What follows from a kind.</summary>
internal static class BurstKinds
{
    /// <summary>The card of a kind's orders.</summary>
    public static string TokenOf(this BurstKind kind) => kind switch
    {
        BurstKind.FlakyPayment => "tok_flaky",
        BurstKind.LostPaymentAnswer => "tok_timeout",
        BurstKind.Declined => "tok_declined",
        BurstKind.Insufficient => "tok_insufficient",
        BurstKind.CaptureDeclined => "tok_capture_declined",
        BurstKind.CancelledByCustomer => "tok_slow",
        _ => "tok_ok",
    };

    /// <summary>The postal code of a kind's orders.</summary>
    public static string PostalCodeOf(this BurstKind kind) => kind switch
    {
        BurstKind.FlakyCarrier => "50300",
        BurstKind.LostCarrierAnswer => "40800",
        BurstKind.Unshippable => "00000",
        _ => "10115",
    };

    /// <summary>
    /// Whether the order is delivered; <see langword="null"/> where it depends: on the other orders for the last pieces, on
    /// the app's answer to a cancellation.
    /// </summary>
    public static bool? IsDelivered(this BurstKind kind) => kind switch
    {
        BurstKind.Smooth or BurstKind.FlakyPayment or BurstKind.LostPaymentAnswer or BurstKind.FlakyCarrier or BurstKind.LostCarrierAnswer => true,
        BurstKind.LastPieces or BurstKind.CancelledByCustomer => null,
        _ => false,
    };
}
