namespace EventFunctions.Local.Host.Demo.Scenarios;

/// <summary>What must have become of an order in the end.</summary>
internal sealed record OrderExpectation
{
    /// <summary>The order's last status.</summary>
    public required string Status { get; init; }

    /// <summary>Why it was cancelled, if it was.</summary>
    public string? ReasonCode { get; init; }

    /// <summary>What became of the customer's money.</summary>
    public required MoneyOutcome Money { get; init; }

    /// <summary>The events that the timeline must show at least, in any order.</summary>
    public required IReadOnlyCollection<string> Events { get; init; }

    /// <summary>Whether the goods left the warehouse.</summary>
    public bool GoodsGone => Status == "Delivered";
}

/// <summary>What became of the customer's money.</summary>
internal enum MoneyOutcome
{
    /// <summary>It was never held.</summary>
    NeverHeld,

    /// <summary>It was taken, all of it.</summary>
    Kept,

    /// <summary>The hold was let go before anything was taken.</summary>
    Voided,

    /// <summary>All that was taken was given back.</summary>
    Refunded,

    /// <summary>It was never held, or the hold was let go, or all was given back: which one depends on the moment.</summary>
    FreeAgain,
}

/// <summary>A product in a scenario's order.</summary>
/// <param name="Product">Its name in the scenario.</param>
/// <param name="OnHand">On stock before.</param>
/// <param name="Quantity">How many are ordered.</param>
/// <param name="UnitPrice">The price of one.</param>
internal sealed record OrderedProduct(string Product, int OnHand, int Quantity, decimal UnitPrice);
