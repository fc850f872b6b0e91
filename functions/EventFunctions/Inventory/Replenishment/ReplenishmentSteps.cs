namespace EventFunctions.Inventory.Replenishment;

/// <summary>The names of the steps of a replenishment, which are those of its activities.</summary>
public static class ReplenishmentSteps
{
    /// <summary>Finds out how many pieces are needed.</summary>
    public const string Plan = "PlanReplenishment";

    /// <summary>Orders them from the supplier.</summary>
    public const string Order = "OrderFromSupplier";

    /// <summary>Reminds the supplier of the order.</summary>
    public const string Remind = "RemindSupplier";

    /// <summary>Puts what was delivered on stock.</summary>
    public const string AddStock = "AddDeliveredStock";

    /// <summary>Tells the operators that the replenishment is theirs now.</summary>
    public const string Escalate = "EscalateReplenishment";
}

/// <summary>Asks how many pieces are needed.</summary>
/// <param name="Trace">The replenishment.</param>
/// <param name="OrderUpTo">So many times the threshold is to be available.</param>
public sealed record PlanStep(ReplenishmentTrace Trace, double OrderUpTo);

/// <summary>Asks to order pieces.</summary>
/// <param name="Trace">The replenishment.</param>
/// <param name="Quantity">How many.</param>
public sealed record OrderStep(ReplenishmentTrace Trace, int Quantity);

/// <summary>Asks to remind the supplier.</summary>
/// <param name="Trace">The replenishment.</param>
/// <param name="SupplierOrderId">The supplier's id of the order.</param>
public sealed record RemindStep(ReplenishmentTrace Trace, string SupplierOrderId);

/// <summary>Asks to put a delivery on stock.</summary>
/// <param name="Trace">The replenishment.</param>
/// <param name="AnswerId">The word that told of the delivery.</param>
/// <param name="Quantity">How many pieces came in.</param>
public sealed record AddStockStep(ReplenishmentTrace Trace, string AnswerId, int Quantity);

/// <summary>Asks to tell the operators.</summary>
/// <param name="Trace">The replenishment.</param>
/// <param name="Number">The how-manieth escalation it is, from 1: each is told once.</param>
/// <param name="Status">What there is to tell.</param>
public sealed record EscalateStep(ReplenishmentTrace Trace, int Number, ReplenishmentStatus Status);

/// <summary>How many pieces are needed.</summary>
/// <param name="Quantity">The pieces; 0 where the stock is not low (any more).</param>
public sealed record ReplenishmentPlan(int Quantity);

/// <summary>What the supplier made of an order.</summary>
/// <param name="SupplierOrderId">Its id of the order, where it took it.</param>
/// <param name="Code">Why it did not; stable, lower-case and hyphenated.</param>
/// <param name="Reason">The same for a person.</param>
public sealed record SupplierOrdered(string? SupplierOrderId, string? Code = null, string? Reason = null);

/// <summary>How putting a delivery on stock ended.</summary>
/// <param name="IsLow">Whether the stock is low still.</param>
/// <param name="Code">Why the stock refused the pieces, where it did.</param>
/// <param name="Reason">The same for a person.</param>
public sealed record StockAddition(bool IsLow, string? Code = null, string? Reason = null);
