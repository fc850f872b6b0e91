namespace EventFunctions.Tests.Flows;

/// <summary>What is left of an order when nothing moves any more, in our books and in the partners'.</summary>
/// <param name="Order">The order's status.</param>
/// <param name="Code">Why it was cancelled.</param>
/// <param name="Payment">The payment's status.</param>
/// <param name="Ledger">What the payment provider's books say.</param>
/// <param name="Shipment">The shipment's status.</param>
/// <param name="Parcels">How many parcels the carrier has delivered or means to.</param>
/// <param name="Stock">On hand and reserved, product by product.</param>
/// <param name="Unfinished">How many things an operator has to look at.</param>
internal sealed record FlowOutcome(
    string Order, string? Code, string Payment, string Ledger, string Shipment, int Parcels, string Stock, int Unfinished = 0)
{
    /// <summary>Nothing was sold: every piece is there, and free.</summary>
    public const string Untouched = "apple 100/0, pear 100/0, plum 100/0";

    /// <summary>Everything went well.</summary>
    public static FlowOutcome Sold { get; } = new(
        "Delivered", null, "Captured", "captured 31.50, refunded 0.00", "Delivered", 1, "apple 98/0, pear 98/0, plum 98/0");

    /// <summary>The order was placed, and nothing happens before somebody decides.</summary>
    public static FlowOutcome Waiting { get; } = new("Placed", null, "None", "nothing", "None", 0, Untouched);

    /// <summary>Everything went well so far, and the parcel has not arrived yet.</summary>
    public static FlowOutcome OnItsWay { get; } = Sold with { Order = "Shipped", Shipment = "Created" };

    /// <summary>The order was cancelled and nothing is left of it.</summary>
    public static FlowOutcome Cancelled(string code, string payment, string ledger, string shipment = "None") =>
        new("Cancelled", code, payment, ledger, shipment, 0, Untouched);
}
