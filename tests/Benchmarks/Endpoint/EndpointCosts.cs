using System.Diagnostics;
using System.Text.Json;
using EventFunctions.Benchmarks.Reporting;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Benchmarks.Endpoint;

/// <summary>What the usual operations cost through the SDK: the endpoint's CPU time, the SDK's in the same run, and how long one takes.</summary>
internal sealed class EndpointCosts : IBenchmark
{
    private const int Clients = 4;
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(3);

    public string Name => "cosmos-costs";

    public string Description => "CPU time of the Cosmos DB endpoint and of the SDK per operation, and its latency, 4 clients, endpoint in a process of its own.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken) =>
        [.. await MeasureAsync(durable: false, scale, cancellationToken), .. await MeasureAsync(durable: true, scale, cancellationToken)];

    private async Task<IReadOnlyList<Figure>> MeasureAsync(bool durable, double scale, CancellationToken cancellationToken)
    {
        await using var emulator = await EmulatorProcess.StartAsync(durable, cancellationToken);
        using var client = new CosmosClient(emulator.ConnectionString, new CosmosClientOptions
        {
            ConnectionMode = ConnectionMode.Gateway,
            LimitToEndpoint = true,
            UseSystemTextJsonSerializerWithOptions = new JsonSerializerOptions(JsonSerializerDefaults.Web),
        });
        Database database = await client.CreateDatabaseAsync("bench", cancellationToken: cancellationToken);
        Container container = await database.CreateContainerAsync("items", "/pk", cancellationToken: cancellationToken);
        var workload = new EndpointWorkload(container);
        await workload.PrepareAsync(cancellationToken);
        var figures = new List<Figure>();
        foreach (var (name, run) in workload.Operations)
        {
            await RunAsync(run, Duration * 0.3 * scale, cancellationToken);
            figures.AddRange(await MeasureAsync($"{name}, {(durable ? "durable" : "ephemeral")}", emulator, run, Duration * scale, cancellationToken));
        }

        return figures;
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(
        string name, EmulatorProcess emulator, Func<CancellationToken, Task> run, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var self = Process.GetCurrentProcess();
        var (server, sdk) = (emulator.CpuTime, self.TotalProcessorTime);
        var latencies = await RunAsync(run, duration, cancellationToken);
        self.Refresh();
        (server, sdk) = (emulator.CpuTime - server, self.TotalProcessorTime - sdk);
        return
        [
            new Figure(Name, $"{name}: endpoint's CPU", server.TotalMicroseconds / latencies.Count, "us", latencies.Count),
            new Figure(Name, $"{name}: SDK's CPU", sdk.TotalMicroseconds / latencies.Count, "us", latencies.Count),
            new Figure(Name, $"{name}: median", latencies.Median, "ms", latencies.Count),
            new Figure(Name, $"{name}: 99 of 100", latencies.Percentile(99), "ms", latencies.Count),
        ];
    }

    private static async Task<Samples> RunAsync(Func<CancellationToken, Task> run, TimeSpan duration, CancellationToken cancellationToken)
    {
        var began = TimeProvider.System.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(
            async () =>
            {
                var latencies = new List<double>();
                while (latencies.Count == 0 || TimeProvider.System.GetElapsedTime(began) < duration)
                {
                    var sent = TimeProvider.System.GetTimestamp();
                    await run(cancellationToken);
                    latencies.Add(TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds);
                }

                return latencies;
            },
            cancellationToken)));
        return new Samples(all.SelectMany(l => l));
    }
}
