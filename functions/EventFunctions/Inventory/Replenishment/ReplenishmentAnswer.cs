namespace EventFunctions.Inventory.Replenishment;

/// <summary>Word for a running replenishment, of the supplier or of an operator.</summary>
/// <param name="Id">Identifies it: a word that comes again is heard once.</param>
/// <param name="Trigger"><see cref="ReplenishmentTrigger.Confirmed"/>, <see cref="ReplenishmentTrigger.Refused"/> or <see cref="ReplenishmentTrigger.ClosedByOperator"/>.</param>
/// <param name="Quantity">How many pieces came in, where some did.</param>
/// <param name="Reason">Why not, where none did.</param>
public sealed record ReplenishmentAnswer(string Id, string Trigger, int? Quantity = null, string? Reason = null)
{
    /// <summary>The name of the external event that carries it.</summary>
    public const string EventName = "ReplenishmentAnswered";
}
