using EventFunctions.Local.Host.Demo.Scenarios;
using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.Local.Host.Demo.Burst;

/// <summary>Counts the books of a burst against what was reckoned.</summary>
/// <param name="run">Where the checks go.</param>
/// <param name="plan">What was ordered.</param>
/// <param name="expected">What it must add up to.</param>
/// <param name="placed">The answers to the orders, by number.</param>
internal sealed class BurstAudit(ScenarioRun run, BurstPlan plan, BurstReckoning expected, IReadOnlyDictionary<int, PlacedOrder> placed)
{
    /// <summary>Counts orders, stock and money.</summary>
    /// <param name="statuses">The orders' statuses as the customers' lists show them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RunAsync(IReadOnlyDictionary<string, string> statuses, CancellationToken cancellationToken)
    {
        CheckOrders(statuses);
        await CheckStockAsync(cancellationToken);
        await CheckMoneyAsync(statuses, cancellationToken);
    }

    private void CheckOrders(IReadOnlyDictionary<string, string> statuses)
    {
        run.Checks.Equal("orders accepted", plan.Orders.Count, placed.Values.DistinctBy(order => order.OrderId).Count());
        run.Checks.Equal("orders in the customers' lists", plan.Orders.Count, statuses.Count);
        run.Checks.Equal("orders Delivered", expected.Delivered, statuses.Values.Count(status => status == "Delivered"));
        run.Checks.Equal("orders Cancelled", plan.Orders.Count - expected.Delivered, statuses.Values.Count(status => status == "Cancelled"));
        foreach (var kind in plan.Orders.Where(order => order.Kind.IsDelivered() is not null).GroupBy(order => order.Kind).OrderBy(kind => kind.Key))
        {
            var wanted = kind.Key.IsDelivered() == true ? "Delivered" : "Cancelled";
            var found = kind.Count(order => statuses.GetValueOrDefault(placed[order.Number].OrderId) == wanted);
            run.Checks.Equal($"{kind.Key}: {wanted}", kind.Count(), found);
        }
    }

    private async Task CheckStockAsync(CancellationToken cancellationToken)
    {
        foreach (var product in plan.Products)
        {
            var left = product.OnHand - expected.Sold[product.Product];
            var wanted = new Stock(run.Name(product.Product), left, 0, left);
            var stock = await run.SeeAsync(token => run.Shop.FindStockAsync(wanted.ProductId, token), seen => seen == wanted, cancellationToken);
            run.Checks.Equal($"{product.Product}: on hand, reserved, available", Show(wanted), Show(stock));
        }
    }

    private static string? Show(Stock? stock) => stock is null ? null : $"{stock.OnHand}, {stock.Reserved}, {stock.Available}";

    private async Task CheckMoneyAsync(IReadOnlyDictionary<string, string> statuses, CancellationToken cancellationToken)
    {
        // An order can be cancelled before its money is back: who leads it decides which comes first.
        var books = await run.SeeAsync(
            run.Books.ReadAsync,
            seen => plan.Orders.All(order => IsDelivered(order) || seen[placed[order.Number].OrderId].All(line => line.IsUndone)),
            cancellationToken);
        var orders = plan.Orders.Select(order => (Order: order, Held: books[placed[order.Number].OrderId].ToList())).ToList();
        foreach (var (currency, kept) in expected.Kept.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var booked = orders.SelectMany(order => order.Held).Where(line => line.Currency == currency).ToList();
            run.Checks.Equal($"{currency}: captured - refunded", kept, booked.Sum(line => line.Kept));
        }

        run.Checks.Equal("orders with more than one authorisation", 0, orders.Count(order => order.Held.Count > 1));
        run.Checks.Equal("delivered orders not paid exactly", 0, orders.Count(order => IsDelivered(order.Order) && !IsPaid(order.Order, order.Held)));
        run.Checks.Equal("cancelled orders with money not free again", 0, orders.Count(order => !IsDelivered(order.Order) && order.Held.Any(line => !line.IsUndone)));

        bool IsDelivered(BurstOrder order) => statuses.GetValueOrDefault(placed[order.Number].OrderId) == "Delivered";

        static bool IsPaid(BurstOrder order, IReadOnlyList<BookedAuthorization> held) =>
            held is [{ Voided: false, Refunded: 0 } line] && line.Captured == order.Total && line.Currency == order.Product.Currency;
    }
}
