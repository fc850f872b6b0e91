using System.Diagnostics;
using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Local.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Benchmarks.Endpoint;

/// <summary>What the Cosmos DB endpoint takes and gives over raw HTTP, in memory and in a folder.</summary>
internal sealed class EndpointThroughput : IBenchmark
{
    private const int Connections = 32;
    private const string Link = "dbs/bench/colls/items";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);
    private static readonly string Text = new('x', 900);

    public string Name => "cosmos-http";

    public string Description => "Creates and point reads of 1 KB items over raw HTTP, 32 connections, client and endpoint in one process, ephemeral and durable.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("eventfunctions-cosmos-");
        try
        {
            return
            [
                .. await MeasureAsync("ephemeral", new CosmosEndpointOptions(), scale, cancellationToken),
                .. await MeasureAsync("durable", new CosmosEndpointOptions { Folder = folder.FullName }, scale, cancellationToken),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(string kind, CosmosEndpointOptions options, double scale, CancellationToken cancellationToken)
    {
        await using var endpoint = await CosmosEndpoint.StartAsync(options, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        using (var client = new CosmosClient(endpoint.ConnectionString, new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true }))
        {
            Database database = await client.CreateDatabaseAsync("bench", cancellationToken: cancellationToken);
            await database.CreateContainerAsync("items", "/pk", cancellationToken: cancellationToken);
        }

        await CreateAsync(endpoint, "warm", Duration * 0.3 * scale, cancellationToken);
        var aim = kind == "durable" ? "8,000" : null;
        return
        [
            .. Tell($"create, {kind}", aim, await CreateAsync(endpoint, "c", Duration * scale, cancellationToken)),
            .. Tell($"point read, {kind}", null, await ReadAsync(endpoint, Duration * scale, cancellationToken)),
        ];
    }

    private static Task<Run> CreateAsync(CosmosEndpoint endpoint, string prefix, TimeSpan duration, CancellationToken cancellationToken) =>
        RunAsync(endpoint, duration, 201, (connection, n) =>
        {
            var head = connection.Head("POST", Link, $"{Link}/docs", $"p{n}");
            return i => (head, $$"""{"id":"{{prefix}}{{i}}","pk":"p{{n}}","number":{{i}},"text":"{{Text}}"}""");
        }, cancellationToken);

    private static Task<Run> ReadAsync(CosmosEndpoint endpoint, TimeSpan duration, CancellationToken cancellationToken) =>
        RunAsync(endpoint, duration, 200, (connection, n) =>
        {
            var head = connection.Head("GET", $"{Link}/docs/warm0", $"{Link}/docs/warm0", $"p{n}");
            return _ => (head, string.Empty);
        }, cancellationToken);

    private static async Task<Run> RunAsync(
        CosmosEndpoint endpoint, TimeSpan duration, int expected, Func<RawConnection, int, Func<int, (string Head, string Body)>> prepare, CancellationToken cancellationToken)
    {
        using var process = Process.GetCurrentProcess();
        var (began, cpu) = (TimeProvider.System.GetTimestamp(), process.TotalProcessorTime);
        var all = await Task.WhenAll(Enumerable.Range(0, Connections).Select(n => Task.Run(
            async () =>
            {
                using var connection = await RawConnection.OpenAsync(endpoint.Address, cancellationToken);
                var (request, latencies) = (prepare(connection, n), new List<double>());
                for (var i = 0; TimeProvider.System.GetElapsedTime(began) < duration; i++)
                {
                    var (head, body) = request(i);
                    var sent = TimeProvider.System.GetTimestamp();
                    var status = await connection.SendAsync(head, body, cancellationToken);
                    latencies.Add(TimeProvider.System.GetElapsedTime(sent).TotalMilliseconds);
                    if (status != expected)
                    {
                        throw new InvalidOperationException($"The endpoint answered {status}.");
                    }
                }

                return latencies;
            },
            cancellationToken)));
        process.Refresh();
        return new Run(new Samples(all.SelectMany(l => l)), TimeProvider.System.GetElapsedTime(began), process.TotalProcessorTime - cpu);
    }

    private IEnumerable<Figure> Tell(string what, string? aim, Run run) =>
    [
        new Figure(Name, what, run.Latencies.Count / run.Time.TotalSeconds, "1/s", run.Latencies.Count, aim),
        new Figure(Name, $"{what}, median", run.Latencies.Median, "ms", run.Latencies.Count),
        new Figure(Name, $"{what}, 99 of 100", run.Latencies.Percentile(99), "ms", run.Latencies.Count),
        new Figure(Name, $"{what}, CPU of both sides", run.Cpu.TotalMicroseconds / run.Latencies.Count, "us", run.Latencies.Count),
    ];

    /// <summary>What a run has measured.</summary>
    private sealed record Run(Samples Latencies, TimeSpan Time, TimeSpan Cpu);
}
