namespace EventFunctions.Local.Host.Demo.Scenarios;

/// <summary>(r) A product has become scarce; the supplier is asked for more, and delivers.</summary>
internal sealed class LowStock : IScenario
{
    private const int Left = 4;
    private const int Threshold = 10;

    /// <summary>Three times the threshold is to be on stock, as the settings have it unless they say otherwise.</summary>
    private const int Wanted = 3 * Threshold;

    /// <inheritdoc/>
    public string Letter => "r";

    /// <inheritdoc/>
    public string Title => "Low stock is ordered from the supplier and comes in";

    /// <inheritdoc/>
    public async Task PlayAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var product = run.Name("strainer");
        (await run.Shop.OfferAsync(product, 4.20m, "EUR", cancellationToken)).Expect($"Offering {product}");
        var stocked = (await run.Shop.ReplenishAsync(product, Left, cancellationToken, Threshold)).Expect($"Stocking {product}");
        run.Checks.Equal("on hand before", Left, stocked.OnHand);
        run.Report(1, 2);

        var stock = await run.SeeAsync(token => run.Shop.FindStockAsync(product, token), seen => seen?.OnHand == Wanted, cancellationToken);
        run.Checks.Equal("on hand once the supplier has delivered", Wanted, stock?.OnHand);
        var supplies = await run.Books.ReadSuppliesAsync(product, cancellationToken);
        run.Checks.Equal("orders in the supplier's books", 1, supplies.Count);
        run.Checks.Equal("pieces ordered", Wanted - Left, supplies.Sum(s => s.Quantity));
        run.Checks.Equal("the supplier's order", "confirmed", string.Join(", ", supplies.Select(s => s.Status)));
        run.Report(2, 2);
    }
}
