using EventFunctions.Local.Host;
using EventFunctions.Local.Host.Demo.Shop;

namespace EventFunctions.Benchmarks.Orders;

/// <summary>A running back end and what it takes to place orders that nothing is wrong with.</summary>
internal sealed class OrderDriver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly LocalRuntime _runtime;
    private readonly HttpClient _http;
    private readonly List<string> _products;
    private int _lastNumber;

    private OrderDriver(LocalRuntime runtime, HttpClient http, List<string> products)
    {
        _runtime = runtime;
        _http = http;
        _products = products;
        Shop = new ShopClient(http);
    }

    /// <summary>The app.</summary>
    public ShopClient Shop { get; }

    /// <summary>Starts a back end with a fast carrier and products on stock.</summary>
    /// <param name="products">How many products; orders take turns, so that few of them meet on one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="flow">Who leads the orders, as the setting has it.</param>
    public static async Task<OrderDriver> StartAsync(int products, CancellationToken cancellationToken, string flow = OrderFlows.Orchestration)
    {
        var options = new LocalRuntimeOptions
        {
            TransitDelay = TimeSpan.FromMilliseconds(1),
            Settings = new Dictionary<string, string> { ["Ordering__Flow"] = flow },
        };
        var runtime = await LocalRuntime.StartAsync(options, cancellationToken);
        var http = new HttpClient { BaseAddress = runtime.AppAddress };
        var driver = new OrderDriver(runtime, http, [.. Enumerable.Range(0, products).Select(number => $"bench-{number}")]);
        foreach (var product in driver._products)
        {
            (await driver.Shop.OfferAsync(product, 10m, "EUR", cancellationToken)).Expect("Offering");
            (await driver.Shop.ReplenishAsync(product, 1_000_000, cancellationToken)).Expect("Replenishing");
        }

        return driver;
    }

    /// <summary>Places an order.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> PlaceAsync(CancellationToken cancellationToken)
    {
        var number = Interlocked.Increment(ref _lastNumber);
        var line = new OrderLine(_products[number % _products.Count], 1, 10m);
        var request = new OrderRequest($"customer-{number}", "EUR", "tok_ok", Recipient.At("10115"), [line]);
        return (await Shop.PlaceAsync(request, null, null, cancellationToken)).Expect("Placing an order").OrderId;
    }

    /// <summary>Looks at an order until it will do.</summary>
    /// <exception cref="TimeoutException">It did not in time.</exception>
    public async Task SeeAsync(string orderId, Func<OrderView, bool> willDo, TimeSpan pause, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await Shop.FindOrderAsync(orderId, cancellationToken) is not { } view || !willDo(view))
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new TimeoutException($"Order {orderId} did not come so far in {Patience.TotalSeconds:0} s.");
            }

            await Task.Delay(pause, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _runtime.DisposeAsync();
    }
}
