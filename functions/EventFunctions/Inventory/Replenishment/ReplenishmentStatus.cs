namespace EventFunctions.Inventory.Replenishment;

/// <summary>Where a replenishment stands, as its custom status and its result show it.</summary>
/// <param name="State">One of <see cref="ReplenishmentState"/>.</param>
/// <param name="ProductId">The product.</param>
/// <param name="Ordered">How many pieces were ordered, once that is known.</param>
/// <param name="SupplierOrderId">The supplier's id of the order, once it has one.</param>
/// <param name="Delivered">How many pieces came in so far.</param>
/// <param name="Code">Why it was escalated, the last time; stable.</param>
/// <param name="Reason">The same for an operator.</param>
/// <param name="NotificationError">Why operators could not be told of the escalation, where they could not.</param>
public sealed record ReplenishmentStatus(
    string State,
    string ProductId,
    int? Ordered = null,
    string? SupplierOrderId = null,
    int Delivered = 0,
    string? Code = null,
    string? Reason = null,
    string? NotificationError = null);

/// <summary>The stable codes of the reasons for an escalation, beside those of the supplier and of the stock.</summary>
public static class ReplenishmentEscalation
{
    /// <summary>The supplier did not answer the order.</summary>
    public const string SupplierUnavailable = "supplier-unavailable";

    /// <summary>The supplier took the order and then did not deliver.</summary>
    public const string DeliveryRefused = "supplier-delivery-refused";

    /// <summary>The supplier did not confirm, though it was reminded.</summary>
    public const string NotConfirmed = "supplier-not-confirmed";

    /// <summary>What was delivered is on stock and is not enough.</summary>
    public const string StillLow = "stock-still-low";

    /// <summary>The stock did not answer, so what was delivered is not on it.</summary>
    public const string StockUnavailable = "stock-unavailable";
}
