namespace EventFunctions.Local.Host.Demo.Burst;

/// <summary>A product of the burst.</summary>
/// <param name="Product">Its name in the burst.</param>
/// <param name="OnHand">On stock before.</param>
/// <param name="UnitPrice">The price of one.</param>
/// <param name="Currency">The currency it is sold in; one with two decimals and one with none are in the mix.</param>
internal sealed record BurstProduct(string Product, int OnHand, decimal UnitPrice, string Currency);

/// <summary>An order of the burst.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Kind">What it runs into.</param>
/// <param name="Customer">Who orders.</param>
/// <param name="Product">What.</param>
/// <param name="Quantity">How many.</param>
internal sealed record BurstOrder(int Number, BurstKind Kind, string Customer, BurstProduct Product, int Quantity)
{
    /// <summary>What it costs.</summary>
    public decimal Total => Quantity * Product.UnitPrice;
}

/// <summary>The orders of the burst; the same for the same number and seed.</summary>
/// <param name="Products">What is on stock before.</param>
/// <param name="Orders">In the order they are sent.</param>
internal sealed record BurstPlan(IReadOnlyList<BurstProduct> Products, IReadOnlyList<BurstOrder> Orders)
{
    private const int OrdersPerCustomer = 25;
    private const int Plenty = 1_000_000;
    private static readonly BurstProduct Scarce = new("burst-scarce", 1, 99m, "EUR");

    // Of twenty orders: ten are delivered (four of them with some trouble), two want the last pieces, eight are cancelled.
    private static readonly BurstKind[] Mix =
    [
        BurstKind.Smooth, BurstKind.Smooth, BurstKind.Smooth, BurstKind.Smooth, BurstKind.Smooth, BurstKind.Smooth,
        BurstKind.FlakyPayment, BurstKind.LostPaymentAnswer, BurstKind.FlakyCarrier, BurstKind.LostCarrierAnswer,
        BurstKind.LastPieces, BurstKind.LastPieces,
        BurstKind.Declined, BurstKind.Insufficient, BurstKind.CaptureDeclined, BurstKind.OutOfStock, BurstKind.OutOfStock,
        BurstKind.Unshippable, BurstKind.CancelledByCustomer, BurstKind.CancelledByCustomer,
    ];

    private static readonly BurstProduct[] Plentiful =
    [
        new("burst-teapot", Plenty, 24.50m, "EUR"),
        new("burst-cup", Plenty, 7.25m, "EUR"),
        new("burst-kettle", Plenty, 39.90m, "USD"),
        new("burst-chawan", Plenty, 4200m, "JPY"),
    ];

    /// <summary>How many pieces there are of what many want.</summary>
    public int LastPieces => Products.Single(product => product.Product == "burst-last-pieces").OnHand;

    /// <summary>Plans a burst.</summary>
    /// <param name="orders">How many orders.</param>
    /// <param name="seed">Decides kinds, products and quantities.</param>
    public static BurstPlan Create(int orders, int seed)
    {
#pragma warning disable CA5394 // A repeatable mix is wanted here, not an unguessable one.
        var random = new Random(seed);
        var kinds = Enumerable.Range(0, orders).Select(number => Mix[number % Mix.Length]).ToArray();
        random.Shuffle(kinds);
        var contenders = kinds.Count(kind => kind == BurstKind.LastPieces);
        var lastPieces = new BurstProduct("burst-last-pieces", Math.Max(1, contenders / 2), 55.55m, "EUR");
        var planned = kinds.Select((kind, number) => kind switch
        {
            BurstKind.OutOfStock => Order(number, kind, Scarce, 2),
            BurstKind.LastPieces => Order(number, kind, lastPieces, 1),
            _ => Order(number, kind, Plentiful[random.Next(Plentiful.Length)], random.Next(1, 6)),
        });
        return new BurstPlan([.. Plentiful, Scarce, lastPieces], [.. planned]);
#pragma warning restore CA5394
    }

    private static BurstOrder Order(int number, BurstKind kind, BurstProduct product, int quantity) =>
        new(number, kind, $"burst-customer-{number / OrdersPerCustomer}", product, quantity);
}
