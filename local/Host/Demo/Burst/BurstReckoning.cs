namespace EventFunctions.Local.Host.Demo.Burst;

/// <summary>What a burst must add up to, reckoned from the plan and the answers to cancellations alone.</summary>
/// <param name="Delivered">How many orders are delivered; the others are cancelled.</param>
/// <param name="Sold">Pieces that left the warehouse, per product.</param>
/// <param name="Kept">Money captured and not refunded, per currency.</param>
internal sealed record BurstReckoning(int Delivered, IReadOnlyDictionary<string, int> Sold, IReadOnlyDictionary<string, decimal> Kept)
{
    /// <summary>Reckons.</summary>
    /// <param name="plan">What was ordered.</param>
    /// <param name="cancelled">The numbers of the orders whose cancellation the app accepted.</param>
    public static BurstReckoning Of(BurstPlan plan, IReadOnlySet<int> cancelled)
    {
        // Which of the contenders gets the last pieces is open; all want one at the same price, so any will do.
        var winners = plan.Orders.Where(order => order.Kind == BurstKind.LastPieces).Take(plan.LastPieces).ToHashSet();
        var delivered = plan.Orders
            .Where(order => order.Kind.IsDelivered() ?? (order.Kind == BurstKind.LastPieces ? winners.Contains(order) : !cancelled.Contains(order.Number)))
            .ToList();
        return new BurstReckoning(
            delivered.Count,
            plan.Products.ToDictionary(
                product => product.Product, product => delivered.Where(order => order.Product == product).Sum(order => order.Quantity), StringComparer.Ordinal),
            plan.Products.Select(product => product.Currency).Distinct().ToDictionary(
                currency => currency, currency => delivered.Where(order => order.Product.Currency == currency).Sum(order => order.Total), StringComparer.Ordinal));
    }
}
