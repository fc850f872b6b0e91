using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.Local.Host.Demo.Scenarios;

/// <summary>The outcomes of a single order.</summary>
internal static class SingleOrders
{
    private static readonly string[] UpToCapture =
    [
        "order-placed", "stock-reserved", "payment-processing", "payment-authorized", "order-confirmed", "payment-captured", "order-paid",
    ];

    /// <summary>(a) All goes well.</summary>
    public static OrderScenario Delivered => new()
    {
        Letter = "a",
        Title = "An order is placed, paid, shipped and delivered",
        Products = [new OrderedProduct("teapot", 10, 2, 24.50m), new OrderedProduct("cup", 40, 6, 7.25m)],
        Expected = new OrderExpectation
        {
            Status = "Delivered",
            Money = MoneyOutcome.Kept,
            Events =
            [
                .. UpToCapture, "stock-reserved", "shipment-created", "stock-committed", "stock-committed", "order-shipped",
                "shipment-dispatched", "shipment-delivered", "order-delivered",
            ],
        },
    };

    /// <summary>(b) The card's issuer says no.</summary>
    public static OrderScenario Declined => new()
    {
        Letter = "b",
        Title = "The payment is declined",
        PaymentToken = "tok_declined",
        Products = [new OrderedProduct("kettle", 5, 1, 39.90m)],
        Expected = new OrderExpectation
        {
            Status = "Cancelled",
            ReasonCode = "card-declined",
            Money = MoneyOutcome.NeverHeld,
            Events = ["order-placed", "stock-reserved", "payment-processing", "payment-failed", "stock-released", "order-cancelled"],
        },
    };

    /// <summary>(c) One of two products is short, so the other's reservation is undone.</summary>
    public static OrderScenario OutOfStock => new()
    {
        Letter = "c",
        Title = "One of two products is out of stock",
        Products = [new OrderedProduct("saucer", 20, 4, 3.10m), new OrderedProduct("samovar", 1, 2, 310m)],
        Expected = new OrderExpectation
        {
            Status = "Cancelled",
            ReasonCode = "out-of-stock",
            Money = MoneyOutcome.NeverHeld,
            Events = ["order-placed", "stock-reserved", "stock-released", "order-cancelled"],
        },
    };

    /// <summary>(d) The carrier doesn't go there, which shows after the money was taken.</summary>
    public static OrderScenario Unshippable => new()
    {
        Letter = "d",
        Title = "The shipment can't be created after capture",
        PostalCode = "00000",
        Products = [new OrderedProduct("tray", 8, 3, 18m)],
        Expected = new OrderExpectation
        {
            Status = "Cancelled",
            ReasonCode = "address-unserviceable",
            Money = MoneyOutcome.Refunded,
            Events = [.. UpToCapture, "payment-refunded", "stock-released", "order-cancelled"],
        },
    };

    /// <summary>(e) The customer changes their mind while the payment is being authorised.</summary>
    /// <remarks>The slow card makes the time for it, and a carrier that hangs makes more: on a busy machine the customer is slow as well.</remarks>
    public static OrderScenario CancelledMidway => new()
    {
        Letter = "e",
        Title = "The customer cancels mid-way",
        PaymentToken = "tok_slow",
        PostalCode = "40800",
        Products = [new OrderedProduct("infuser", 12, 2, 6.75m)],
        Then = CancelOnceReservedAsync,
        Expected = new OrderExpectation
        {
            Status = "Cancelled",
            ReasonCode = "cancelled-by-customer",
            Money = MoneyOutcome.FreeAgain,
            Events = ["order-placed", "stock-reserved", "stock-released", "order-cancelled"],
        },
    };

    private static async Task CancelOnceReservedAsync(ScenarioRun run, PlacedOrder placed, CancellationToken cancellationToken)
    {
        var stock = await run.SeeAsync(
            token => run.Shop.FindStockAsync(run.Name("infuser"), token), seen => seen is { Reserved: > 0 }, cancellationToken);
        run.Checks.Equal("reserved when the customer cancels", 2, stock?.Reserved);
        var reply = await run.Shop.CancelAsync(placed.OrderId, "Found a better one", cancellationToken);
        run.Checks.Equal("answer to the cancellation", 202, (int)reply.Status);
    }
}
