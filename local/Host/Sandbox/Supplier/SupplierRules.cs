using EventFunctions.Local.Host.Sandbox.Exchange;

namespace EventFunctions.Local.Host.Sandbox.Supplier;

/// <summary>The supplier's rules, with its failure switches by what the product's id begins with.</summary>
internal static class SupplierRules
{
    /// <summary>Whether the supplier has the product at all.</summary>
    public static bool Supplies(string productId) => !Begins(productId, "discontinued");

    /// <summary>Whether the supplier finds out later that it cannot deliver.</summary>
    public static bool Delivers(string productId) => !Begins(productId, "undeliverable");

    /// <summary>Whether the supplier does something about an order.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="reminders">How often it was reminded.</param>
    public static bool Remembers(string productId, int reminders) =>
        !Begins(productId, "lost") && (reminders > 0 || !Begins(productId, "forgotten"));

    /// <summary>The fault that a product asks for.</summary>
    /// <param name="productId">The product.</param>
    /// <param name="attempt">The number of the try, from 1.</param>
    public static Fault FaultOf(string productId, int attempt) => productId switch
    {
        _ when Begins(productId, "unsuppliable") => new Fault.Fail(503),
        _ when Begins(productId, "flaky") => Fault.Flaky(attempt, 503),
        _ when Begins(productId, "hanging") => Fault.HangOnce(attempt),
        _ => new Fault.None(),
    };

    private static bool Begins(string productId, string word) => productId.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
