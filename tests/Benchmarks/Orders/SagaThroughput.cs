using System.Collections.Concurrent;
using EventFunctions.Benchmarks.Reporting;

namespace EventFunctions.Benchmarks.Orders;

/// <summary>How many orders get from their placement to their delivery per second, with every client waiting for its own.</summary>
internal sealed class SagaThroughput : IBenchmark
{
    private const int Clients = 32;
    private const int WarmUp = 96;
    private const int Orders = 960;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public string Name => "sagas";

    public string Description => $"Completed order sagas per second with {Clients} clients.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        await using var driver = await OrderDriver.StartAsync(Clients * 2, cancellationToken);
        await RunAsync(driver, WarmUp, cancellationToken);

        var orders = Math.Max(Clients, (int)(Orders * scale));
        var began = TimeProvider.System.GetTimestamp();
        var durations = await RunAsync(driver, orders, cancellationToken);
        var elapsed = TimeProvider.System.GetElapsedTime(began);
        var samples = new Samples(durations);
        return
        [
            new Figure(Name, $"completed sagas, {Clients} clients", orders / elapsed.TotalSeconds, "1/s", orders),
            new Figure(Name, "placement to delivery seen, p50", samples.Percentile(50), "ms", samples.Count),
            new Figure(Name, "placement to delivery seen, p99", samples.Percentile(99), "ms", samples.Count),
        ];
    }

    private static async Task<IEnumerable<double>> RunAsync(OrderDriver driver, int orders, CancellationToken cancellationToken)
    {
        var durations = new ConcurrentBag<double>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Clients, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, orders), parallel, async (_, token) =>
        {
            var began = TimeProvider.System.GetTimestamp();
            var order = await driver.PlaceAsync(token);
            await driver.SeeAsync(order, view => view.Status == "Delivered", Pause, token);
            durations.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        });
        return durations;
    }
}
