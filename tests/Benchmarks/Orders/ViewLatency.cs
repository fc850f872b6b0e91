using EventFunctions.Benchmarks.Reporting;

namespace EventFunctions.Benchmarks.Orders;

/// <summary>How long it takes from the answer to an order until its view shows it, with nothing else going on.</summary>
internal sealed class ViewLatency : IBenchmark
{
    private const int WarmUp = 40;
    private const int Orders = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    public string Name => "view-latency";

    public string Description => "From the POST's answer to the order visible in the view, p50 and p99.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        await using var driver = await OrderDriver.StartAsync(products: 16, cancellationToken);
        await MeasureAsync(driver, WarmUp, cancellationToken);
        var samples = new Samples(await MeasureAsync(driver, Math.Max(20, (int)(Orders * scale)), cancellationToken));
        return
        [
            new Figure(Name, "POST answered to view visible, p50", samples.Percentile(50), "ms", samples.Count),
            new Figure(Name, "POST answered to view visible, p99", samples.Percentile(99), "ms", samples.Count),
        ];
    }

    /// <summary>Places orders one after the other.</summary>
    /// <returns>From each answer to the view, in milliseconds.</returns>
    public static async Task<List<double>> MeasureAsync(OrderDriver driver, int orders, CancellationToken cancellationToken)
    {
        var latencies = new List<double>(orders);
        for (var i = 0; i < orders; i++)
        {
            var order = await driver.PlaceAsync(cancellationToken);
            var answered = TimeProvider.System.GetTimestamp();
            await driver.SeeAsync(order, _ => true, Pause, cancellationToken);
            latencies.Add(TimeProvider.System.GetElapsedTime(answered).TotalMilliseconds);

            // The next order meets a quiet system.
            await driver.SeeAsync(order, view => view.IsSettled, Pause * 10, cancellationToken);
        }

        return latencies;
    }
}
