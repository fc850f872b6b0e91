namespace EventFunctions.Inventory.Replenishment;

/// <summary>The states of a replenishment. Strings, because they are read by people and by other programs.</summary>
public static class ReplenishmentState
{
    /// <summary>How much is needed is found out, and ordered.</summary>
    public const string Planning = "Planning";

    /// <summary>The supplier has the order and is to confirm its delivery.</summary>
    public const string Ordered = "Ordered";

    /// <summary>The supplier was reminded and is to confirm its delivery.</summary>
    public const string Reminded = "Reminded";

    /// <summary>What was delivered is put on stock.</summary>
    public const string Replenishing = "Replenishing";

    /// <summary>Operators were told, and are to confirm or to close; a late word of the supplier counts as well.</summary>
    public const string Escalated = "Escalated";

    /// <summary>End: what was delivered is on stock.</summary>
    public const string Replenished = "Replenished";

    /// <summary>End: the stock had recovered before anything was ordered.</summary>
    public const string NotNeeded = "NotNeeded";

    /// <summary>End: an operator closed it, and nothing came in by it.</summary>
    public const string Closed = "Closed";
}

/// <summary>What takes a replenishment from one state to another.</summary>
public static class ReplenishmentTrigger
{
    /// <summary>The stock is not low any more.</summary>
    public const string StockRecovered = "StockRecovered";

    /// <summary>The supplier has taken the order.</summary>
    public const string OrderAccepted = "OrderAccepted";

    /// <summary>The supplier refused the order, or did not answer.</summary>
    public const string OrderFailed = "OrderFailed";

    /// <summary>The supplier, or an operator, confirmed that pieces came in.</summary>
    public const string Confirmed = "Confirmed";

    /// <summary>The supplier will not deliver.</summary>
    public const string Refused = "Refused";

    /// <summary>The supplier said nothing in time.</summary>
    public const string TimedOut = "TimedOut";

    /// <summary>The pieces are on stock, and it is not low any more.</summary>
    public const string StockAdded = "StockAdded";

    /// <summary>The pieces are on stock, and it is low still.</summary>
    public const string StillLow = "StillLow";

    /// <summary>The pieces could not be put on stock.</summary>
    public const string StockRefused = "StockRefused";

    /// <summary>An operator closed the replenishment.</summary>
    public const string ClosedByOperator = "ClosedByOperator";
}
