using EventFunctions.Local.Host.Demo.Checking;
using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.Local.Host.Demo.Scenarios;

/// <summary>Checks an order in every book: its own view, the stock, the payment provider's ledger and the timeline.</summary>
internal static class OrderAudit
{
    /// <summary>Waits for the order to settle and checks what became of it.</summary>
    /// <param name="run">Where checks and the timeline go.</param>
    /// <param name="placed">The answer to the order's placement.</param>
    /// <param name="products">What was ordered, and what was on stock.</param>
    /// <param name="expected">What must have become of it.</param>
    /// <param name="correlationId">Sent with the order: every event must carry it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task RunAsync(
        ScenarioRun run, PlacedOrder placed, IReadOnlyList<OrderedProduct> products, OrderExpectation expected, string correlationId, CancellationToken cancellationToken)
    {
        var order = await CheckOrderAsync(run, placed, products, expected, cancellationToken);
        foreach (var product in products)
        {
            await CheckStockAsync(run, product, expected, cancellationToken);
        }

        var held = await CheckMoneyAsync(run, placed, expected, cancellationToken);
        var timeline = await CheckTimelineAsync(run, placed, [.. expected.Events, .. EventsOf(expected.Money, held)], correlationId, cancellationToken);
        if (timeline is not null)
        {
            run.Show(new OrderStory(timeline, EndingOf(order)));
        }
    }

    private static string EndingOf(OrderView? order) => order switch
    {
        null => "not shown",
        { Cancellation: { } cancellation } => $"{order.Status}: {cancellation.Code}",
        _ => order.Status,
    };

    private static async Task<OrderView?> CheckOrderAsync(
        ScenarioRun run, PlacedOrder placed, IReadOnlyList<OrderedProduct> products, OrderExpectation expected, CancellationToken cancellationToken)
    {
        var order = await run.SeeAsync(token => run.Shop.FindOrderAsync(placed.OrderId, token), seen => seen?.IsSettled == true, cancellationToken);
        run.Checks.Equal("status", expected.Status, order?.Status);
        run.Checks.Equal("reason of cancellation", expected.ReasonCode, order?.Cancellation?.Code);
        run.Checks.Equal("total", products.Sum(product => product.Quantity * product.UnitPrice), order?.Total.Amount ?? -1);
        run.Checks.Equal("has a tracking number", expected.GoodsGone, order?.TrackingNumber is not null);
        return order;
    }

    private static async Task CheckStockAsync(ScenarioRun run, OrderedProduct product, OrderExpectation expected, CancellationToken cancellationToken)
    {
        var left = product.OnHand - (expected.GoodsGone ? product.Quantity : 0);
        var wanted = new Stock(run.Name(product.Product), left, 0, left);
        var stock = await run.SeeAsync(token => run.Shop.FindStockAsync(wanted.ProductId, token), seen => seen == wanted, cancellationToken);
        run.Checks.Equal($"{product.Product}: on hand", wanted.OnHand, stock?.OnHand);
        run.Checks.Equal($"{product.Product}: reserved", wanted.Reserved, stock?.Reserved);
        run.Checks.Equal($"{product.Product}: available", wanted.Available, stock?.Available);
    }

    private static async Task<IReadOnlyList<BookedAuthorization>> CheckMoneyAsync(
        ScenarioRun run, PlacedOrder placed, OrderExpectation expected, CancellationToken cancellationToken)
    {
        // An order can be cancelled before its money is back: who leads it decides which comes first.
        var books = await run.SeeAsync(
            run.Books.ReadAsync, seen => expected.GoodsGone || seen[placed.OrderId].All(line => line.IsUndone), cancellationToken);
        var held = books[placed.OrderId].ToList();
        switch (expected.Money)
        {
            case MoneyOutcome.NeverHeld:
                run.Checks.Equal("authorisations in the provider's books", 0, held.Count);
                break;

            case MoneyOutcome.FreeAgain:
                run.Checks.Equal("authorisations not voided or refunded", 0, held.Count(line => !line.IsUndone));
                run.Checks.Equal("money kept", 0m, held.Sum(line => line.Kept));
                break;

            default:
                var total = placed.Total.Amount;
                run.Checks.Equal("authorisations in the provider's books", 1, held.Count);
                run.Checks.Equal("authorised", total, held.Sum(line => line.Amount));
                run.Checks.Equal("captured", expected.Money == MoneyOutcome.Voided ? 0 : total, held.Sum(line => line.Captured));
                run.Checks.Equal("refunded", expected.Money == MoneyOutcome.Refunded ? total : 0, held.Sum(line => line.Refunded));
                run.Checks.Equal("voided", expected.Money == MoneyOutcome.Voided, held.Any(line => line.Voided));
                break;
        }

        return held;
    }

    // Where the moment decides how the money came back, the provider's books tell which events the timeline has to show.
    private static IEnumerable<string> EventsOf(MoneyOutcome outcome, IReadOnlyList<BookedAuthorization> held) => outcome != MoneyOutcome.FreeAgain
        ? []
        : held.SelectMany(line => line.Voided
            ? (IEnumerable<string>)["payment-authorized", "payment-voided"]
            : ["payment-authorized", "payment-captured", "payment-refunded"]);

    private static async Task<Timeline?> CheckTimelineAsync(
        ScenarioRun run, PlacedOrder placed, IReadOnlyList<string> expected, string correlationId, CancellationToken cancellationToken)
    {
        var timeline = await run.SeeAsync(
            token => run.Shop.FindTimelineAsync(placed.OrderId, token),
            seen => seen is not null && CheckList.Missing(expected, seen.Events.Select(e => e.Type)).Count == 0,
            cancellationToken);
        var events = timeline?.Events ?? [];
        run.Checks.Contains("events of the timeline", expected, [.. events.Select(e => e.Type)]);
        run.Checks.Equal("events with another correlation id", 0, events.Count(e => e.CorrelationId != correlationId));
        run.Checks.Equal("events shown twice", 0, events.Count - events.DistinctBy(e => (e.Stream, e.Version)).Count());
        run.Checks.Equal("gaps in the order's own streams", 0, events.Where(e => e.Context != "inventory").GroupBy(e => e.Stream).Sum(Gaps));
        return timeline;
    }

    // A stream's first event has version 1, so a stream without gaps ends at the number of its events.
    private static int Gaps(IEnumerable<TimelineEvent> stream)
    {
        var versions = stream.Select(e => e.Version).ToList();
        return (int)versions.Max() - versions.Count;
    }
}
