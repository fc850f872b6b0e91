namespace EventFunctions.Ordering.Saga;

/// <summary>The names of what a running saga can be told.</summary>
public static class OrderSagaEvents
{
    /// <summary>The customer wants the order cancelled; carries a <see cref="CancellationRequest"/>.</summary>
    public const string CancellationRequested = "CancellationRequested";

    /// <summary>The parcel arrived; carries a <see cref="DeliveryNotice"/>.</summary>
    public const string ShipmentDelivered = "ShipmentDelivered";
}

/// <summary>The customer wants the order cancelled.</summary>
/// <param name="Reason">In the customer's words, if any.</param>
public sealed record CancellationRequest(string? Reason)
{
    /// <summary>What is said where the customer gave no reason.</summary>
    public const string UsualReason = "The customer cancelled the order.";
}

/// <summary>The parcel arrived.</summary>
/// <param name="DeliveredAt">When, as the carrier says.</param>
public sealed record DeliveryNotice(DateTimeOffset DeliveredAt);
