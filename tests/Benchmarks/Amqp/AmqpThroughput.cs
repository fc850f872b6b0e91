using System.Diagnostics;
using System.Text.Json;
using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Local.ServiceBus;
using EventFunctions.Local.ServiceBus.Amqp;
using EventFunctions.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Benchmarks.Amqp;

/// <summary>What goes through a queue over AMQP with the client for JavaScript, which is most of the work that is measured.</summary>
internal sealed class AmqpThroughput : IBenchmark
{
    private const int Messages = 20_000, Bytes = 1_024;
    private const string Queue = "bench";

    public string Name => "servicebus-amqp";

    public string Description => "Sending, and receiving and completing, 20,000 messages of 1 KB over AMQP with the JavaScript SDK, ephemeral and durable.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("eventfunctions-servicebus-");
        try
        {
            var count = Math.Max(1_000, (int)(Messages * scale));
            var topology = new MessagingTopology([], [new QueueDefinition { Name = Queue }]);
            await using var ephemeral = new ServiceBusBroker(topology, TimeProvider.System);
            await using var durable = await ServiceBusBroker.OpenAsync(topology, TimeProvider.System, directory.FullName, cancellationToken: cancellationToken);
            return
            [
                .. await MeasureAsync("ephemeral", ephemeral, count, cancellationToken),
                .. await MeasureAsync("durable", durable, count, cancellationToken),
            ];
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private async Task<IReadOnlyList<Figure>> MeasureAsync(string kind, ServiceBusBroker broker, int count, CancellationToken cancellationToken)
    {
        await using var endpoint = await AmqpEndpoint.StartAsync(
            broker, new AmqpOptions { Port = 0 }, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        var rates = JsonDocument.Parse(await RunClientAsync(endpoint.ConnectionString, count, cancellationToken)).RootElement;
        return
        [
            Figure("sent in batches", "batched"), Figure("sent one by one, 50 at a time", "single"), Figure("received and completed", "received"),
        ];

        Figure Figure(string what, string name) => new(Name, $"{what}, {kind}", rates.GetProperty(name).GetDouble(), "messages/s", count);
    }

    private static async Task<string> RunClientAsync(string connectionString, int count, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(RepositoryRoot.Path, "tests", "ServiceBus.Amqp", "JavaScript");
        if (NodePackages.WhyMissing(folder, "tests/ServiceBus.Amqp/JavaScript") is { } missing)
        {
            throw new InvalidOperationException($"The client can't run. {missing}");
        }

        using var node = Process.Start(new ProcessStartInfo("node", ["throughput.mjs", connectionString, Queue, $"{count}", $"{Bytes}"])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var output = await node.StandardOutput.ReadToEndAsync(cancellationToken);
        await node.WaitForExitAsync(cancellationToken);
        return node.ExitCode == 0 ? output : throw new InvalidOperationException($"The client ended with {node.ExitCode}.");
    }
}
