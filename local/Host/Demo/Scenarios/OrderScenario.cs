using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.Local.Host.Demo.Scenarios;

/// <summary>One order, from its placement to the state it must end in.</summary>
internal sealed class OrderScenario : IScenario
{
    /// <inheritdoc/>
    public required string Letter { get; init; }

    /// <inheritdoc/>
    public required string Title { get; init; }

    /// <summary>The card.</summary>
    public string PaymentToken { get; init; } = "tok_ok";

    /// <summary>Where it goes.</summary>
    public string PostalCode { get; init; } = "10115";

    /// <summary>What is ordered.</summary>
    public required IReadOnlyList<OrderedProduct> Products { get; init; }

    /// <summary>What must become of it.</summary>
    public required OrderExpectation Expected { get; init; }

    /// <summary>What the customer does after placing the order, if anything.</summary>
    public Func<ScenarioRun, PlacedOrder, CancellationToken, Task>? Then { get; init; }

    /// <inheritdoc/>
    public async Task PlayAsync(ScenarioRun run, CancellationToken cancellationToken)
    {
        foreach (var product in Products)
        {
            await run.StockUpAsync(product.Product, product.OnHand, product.UnitPrice, cancellationToken);
        }

        var lines = Products.Select(product => new OrderLine(run.Name(product.Product), product.Quantity, product.UnitPrice)).ToList();
        var request = new OrderRequest(run.Name($"customer-{Letter}"), "EUR", PaymentToken, Recipient.At(PostalCode), lines);
        var correlationId = run.Name($"demo-{Letter}");
        var reply = await run.Shop.PlaceAsync(request, run.Name($"order-{Letter}"), correlationId, cancellationToken);
        var placed = reply.Expect("Placing the order");
        run.Report(1, 2);

        if (Then is not null)
        {
            await Then(run, placed, cancellationToken);
        }

        await OrderAudit.RunAsync(run, placed, Products, Expected, correlationId, cancellationToken);
        run.Report(2, 2);
    }
}
