namespace EventFunctions.Domain.Inventory;

/// <summary>The stable codes of the rules that a stock item refuses a command by.</summary>
public static class StockItemRejections
{
    /// <summary>The product was never stocked.</summary>
    public const string NotFound = "stock-item-not-found";

    /// <summary>Fewer pieces are available than asked for.</summary>
    public const string OutOfStock = "out-of-stock";

    /// <summary>The command names another product than the stock item's.</summary>
    public const string ProductMismatch = "stock-product-mismatch";

    /// <summary>More than <see cref="StockItem.MaxOnHand"/> pieces would be on hand.</summary>
    public const string TooMuch = "stock-too-much";

    /// <summary>The low-stock threshold is negative or above <see cref="Quantity.MaxValue"/>.</summary>
    public const string ThresholdRange = "stock-threshold-range";

    /// <summary>The order has a reservation of another quantity.</summary>
    public const string ReservationConflict = "reservation-conflict";

    /// <summary>The order's reservation was released; it is not made again.</summary>
    public const string ReservationReleased = "reservation-released";

    /// <summary>The order's pieces have left; they can't be released.</summary>
    public const string ReservationCommitted = "reservation-committed";

    /// <summary>Nothing is reserved for the order.</summary>
    public const string ReservationNotFound = "reservation-not-found";

    /// <summary>As many orders as <see cref="StockItem.MaxReservations"/> have reservations already.</summary>
    public const string TooManyReservations = "reservation-limit";

    /// <summary>Every code above.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        NotFound, OutOfStock, ProductMismatch, TooMuch, ThresholdRange, ReservationConflict,
        ReservationReleased, ReservationCommitted, ReservationNotFound, TooManyReservations,
    ];
}
