using static EventFunctions.Inventory.Replenishment.ReplenishmentState;
using static EventFunctions.Inventory.Replenishment.ReplenishmentTrigger;

namespace EventFunctions.Inventory.Replenishment;

/// <summary>The way of a replenishment: from each state, what leads where. The flow moves by this table and in no other way.</summary>
public static class ReplenishmentTransitions
{
    /// <summary>The state that every replenishment begins in.</summary>
    public const string Initial = Planning;

    /// <summary>Every transition.</summary>
    public static IReadOnlyList<ReplenishmentTransition> All { get; } =
    [
        new(Planning, StockRecovered, NotNeeded),
        new(Planning, OrderAccepted, Ordered),
        new(Planning, OrderFailed, Escalated),
        new(Ordered, Confirmed, Replenishing),
        new(Ordered, Refused, Escalated),
        new(Ordered, TimedOut, Reminded),
        new(Ordered, ClosedByOperator, Closed),
        new(Reminded, Confirmed, Replenishing),
        new(Reminded, Refused, Escalated),
        new(Reminded, TimedOut, Escalated),
        new(Reminded, ClosedByOperator, Closed),
        new(Replenishing, StockAdded, Replenished),
        new(Replenishing, StillLow, Escalated),
        new(Replenishing, StockRefused, Escalated),
        new(Escalated, Confirmed, Replenishing),
        new(Escalated, ClosedByOperator, Closed),
    ];

    /// <summary>Whether nothing leads on from a state.</summary>
    public static bool IsFinal(string state) => All.All(t => t.From != state);

    /// <summary>The state that follows.</summary>
    /// <exception cref="InvalidOperationException">The trigger means nothing in that state, which is a bug.</exception>
    public static string Next(string state, string trigger) => All.FirstOrDefault(t => t.From == state && t.Trigger == trigger)?.To
        ?? throw new InvalidOperationException($"A replenishment that is {state} is not moved by {trigger}.");
}

/// <summary>A step of the way.</summary>
/// <param name="From">One of <see cref="ReplenishmentState"/>.</param>
/// <param name="Trigger">One of <see cref="ReplenishmentTrigger"/>.</param>
/// <param name="To">One of <see cref="ReplenishmentState"/>.</param>
public sealed record ReplenishmentTransition(string From, string Trigger, string To);
