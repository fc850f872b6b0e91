using EventFunctions.EventSourcing;

namespace EventFunctions.Ordering.Saga;

/// <summary>The names of what a running saga can be told.</summary>
public static class OrderSagaEvents
{
    /// <summary>The customer wants the order cancelled; carries a <see cref="CancellationRequest"/>.</summary>
    public const string CancellationRequested = "CancellationRequested";

    /// <summary>Somebody decided on the order's review; carries a <see cref="ReviewNotice"/>.</summary>
    public const string ReviewDecided = nameof(ReviewDecided);

    /// <summary>The parcel arrived; carries a <see cref="DeliveryNotice"/>.</summary>
    public const string ShipmentDelivered = "ShipmentDelivered";
}

/// <summary>The customer wants the order cancelled.</summary>
/// <param name="Reason">The customer's words in clear, where no keys are there to seal them.</param>
/// <param name="SealedReason">The customer's words, sealed by <see cref="CustomerWords"/>.</param>
public sealed record CancellationRequest(string? Reason, SealedValue? SealedReason = null)
{
    /// <summary>What is said where the customer gave no reason.</summary>
    public const string UsualReason = "The customer cancelled the order.";
}

/// <summary>The parcel arrived.</summary>
/// <param name="DeliveredAt">When, as the carrier says.</param>
public sealed record DeliveryNotice(DateTimeOffset DeliveredAt);

/// <summary>Somebody decided on the order's review. How, is for the order to say.</summary>
/// <param name="EventType">The stored name of the event that tells of it, for those who read the saga's history.</param>
public sealed record ReviewNotice(string EventType);
