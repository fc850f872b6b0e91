using System.Collections.Concurrent;
using EventFunctions.Benchmarks.Reporting;

namespace EventFunctions.Benchmarks.Orders;

/// <summary>The same orders led by the saga and by handlers: how fast one is, and how many get through with every client waiting for its own.</summary>
internal sealed class FlowComparison : IBenchmark
{
    private const int Products = 64;
    private const int WarmUp = 64;
    private const int Views = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Clients, and how many orders they place together.</summary>
    private static readonly (int Clients, int Orders)[] Loads = [(1, 40), (8, 240), (32, 640)];

    public string Name => "flows";

    public string Description => "Orchestration and choreography side by side: orders/s at 1, 8 and 32 clients, placement to shipped, command to view.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var flow in OrderFlows.All)
        {
            await using var driver = await OrderDriver.StartAsync(Products, cancellationToken, flow);
            await RunAsync(driver, clients: 32, WarmUp, cancellationToken);
            var views = new Samples(await ViewLatency.MeasureAsync(driver, Math.Max(20, (int)(Views * scale)), cancellationToken));
            figures.Add(new Figure(Name, $"{flow}: POST answered to view visible, p50", views.Percentile(50), "ms", views.Count));
            figures.Add(new Figure(Name, $"{flow}: POST answered to view visible, p99", views.Percentile(99), "ms", views.Count));
            foreach (var (clients, orders) in Loads)
            {
                figures.AddRange(await MeasureAsync(driver, flow, clients, Math.Max(clients, (int)(orders * scale)), cancellationToken));
            }
        }

        return figures;
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(
        OrderDriver driver, string flow, int clients, int orders, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var shipped = new Samples(await RunAsync(driver, clients, orders, cancellationToken));
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        var load = $"{flow}, {clients} {(clients == 1 ? "client" : "clients")}";
        return
        [
            new Figure(Name, $"{load}: delivered orders", orders / elapsed.TotalSeconds, "1/s", orders),
            new Figure(Name, $"{load}: placement to shipped seen, p50", shipped.Percentile(50), "ms", shipped.Count),
            new Figure(Name, $"{load}: placement to shipped seen, p99", shipped.Percentile(99), "ms", shipped.Count),
        ];
    }

    /// <summary>Places orders and waits for each to be delivered.</summary>
    /// <returns>From each placement until it was seen shipped, in milliseconds.</returns>
    private static async Task<IReadOnlyCollection<double>> RunAsync(OrderDriver driver, int clients, int orders, CancellationToken cancellationToken)
    {
        var durations = new ConcurrentBag<double>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = clients, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, orders), parallel, async (_, token) =>
        {
            var began = TimeProvider.System.GetTimestamp();
            var order = await driver.PlaceAsync(token);
            await driver.SeeAsync(order, view => view.Status is "Shipped" or "Delivered", Pause, token);
            durations.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
            await driver.SeeAsync(order, view => view.Status == "Delivered", Pause, token);
        });
        return durations;
    }
}
