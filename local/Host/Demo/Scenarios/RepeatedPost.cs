using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.Local.Host.Demo.Scenarios;

/// <summary>(f) An impatient client sends the same order five times at once, with one idempotency key.</summary>
internal sealed class RepeatedPost : IScenario
{
    private const int Times = 5;

    /// <inheritdoc/>
    public string Letter => "f";

    /// <inheritdoc/>
    public string Title => "The same order is sent five times at once";

    /// <inheritdoc/>
    public async Task PlayAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        var product = new OrderedProduct("caddy", 30, 3, 11.40m);
        var productId = await run.StockUpAsync(product.Product, product.OnHand, product.UnitPrice, cancellationToken);
        var customer = run.Name("customer-f");
        var request = new OrderRequest(
            customer, "EUR", "tok_ok", Recipient.At("10115"), [new OrderLine(productId, product.Quantity, product.UnitPrice)]);

        var correlationId = run.Name("demo-f");
        var replies = await Task.WhenAll(Enumerable.Range(0, Times).Select(
            _ => run.Shop.PlaceAsync(request, run.Name("order-f"), correlationId, cancellationToken)));
        run.Report(1, 2);
        run.Checks.Equal("answers 201", Times, replies.Count(reply => (int)reply.Status == 201));
        run.Checks.Equal("different answers", 1, replies.DistinctBy(reply => reply.Text).Count());

        var other = request with { PaymentToken = "tok_slow" };
        var reused = await run.Shop.PlaceAsync(other, run.Name("order-f"), correlationId, cancellationToken);
        run.Checks.Equal("answer to another order with the same key", 422, (int)reused.Status);

        var expected = SingleOrders.Delivered.Expected;
        var once = expected with { Events = [.. expected.Events.Distinct()] };
        await OrderAudit.RunAsync(run, replies[0].Expect("Placing the order"), [product], once, correlationId, cancellationToken);
        var listed = await run.Shop.ListOrdersAsync(customer, cancellationToken);
        run.Checks.Equal("orders of the customer", 1, listed.Count);
        run.Report(2, 2);
    }
}
