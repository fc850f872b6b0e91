using System.Text;
using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Local.Cosmos;
using EventFunctions.Local.Cosmos.Durability;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Files;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Benchmarks.Endpoint;

/// <summary>How soon an endpoint with many items is there again, and what they take in memory.</summary>
internal sealed class EndpointRecovery : IBenchmark
{
    private const int Items = 100_000, PerPartition = 10, ItemBytes = 1024;

    public string Name => "cosmos-open";

    public string Description => "Opening the durable Cosmos DB endpoint with 100,000 items of 1 KB, from the log and from a snapshot; memory per item.";

    public async Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("eventfunctions-cosmos-");
        try
        {
            var items = Math.Max(1000, (int)(Items * scale));
            await FillAsync(folder.FullName, items, cancellationToken);
            var fromLog = await MeasureAsync(folder.FullName, items, cancellationToken);
            var compacted = await CompactAsync(folder.FullName, cancellationToken);
            var fromSnapshot = await MeasureAsync(folder.FullName, items, cancellationToken);
            return
            [
                new Figure(Name, $"open with {items:N0} items, from the log", fromLog.Time.Median, "ms", fromLog.Time.Count, "2,000"),
                new Figure(Name, $"open with {items:N0} items, from a snapshot", fromSnapshot.Time.Median, "ms", fromSnapshot.Time.Count, "2,000"),
                new Figure(Name, $"memory per item of {ItemBytes:N0} bytes, {PerPartition} in a partition", fromSnapshot.BytesPerItem, "bytes", items, "3,000"),
                new Figure(Name, $"a snapshot of {items:N0} items", compacted, "ms", 1),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<StoreJournal> OpenAsync(string path, CancellationToken cancellationToken) => StoreJournal.OpenAsync(
        () => DiskFolder.Open(path), new JournalOptions(), rangesPerContainer: 4, TimeProvider.System, NullLogger.Instance, cancellationToken);

    private static async Task<double> CompactAsync(string path, CancellationToken cancellationToken)
    {
        await using var journal = await OpenAsync(path, cancellationToken);
        var began = TimeProvider.System.GetTimestamp();
        await journal.CompactAsync(cancellationToken);
        return TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task FillAsync(string path, int items, CancellationToken cancellationToken)
    {
        await using var journal = await OpenAsync(path, cancellationToken);
        var account = journal.Account;
        var database = await account.CreateDatabaseAsync("bench", throughput: null, cancellationToken);
        var definition = new ContainerDefinition("items", PartitionKeyPath.TryParse("/pk")!, null, new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal));
        var container = await account.CreateContainerAsync(database!, definition, throughput: null, cancellationToken);
        var writes = new List<Task>();
        for (var i = 0; i < items; i++)
        {
            var (id, key) = ($"item-{i:D8}", $"partition-{i / PerPartition:D8}");
            var json = $$"""{"id":"{{id}}","pk":"{{key}}","text":"{{new string('x', ItemBytes - 70)}}"}""";
            var create = new ItemOperation.Create(new ItemDocument(id, PartitionKeyValue.Of(key), null, Encoding.UTF8.GetBytes(json)));
            writes.Add(container!.ExecuteAsync(PartitionKeyValue.Of(key), create, cancellationToken).AsTask());
        }

        await Task.WhenAll(writes);
    }

    private static async Task<(Samples Time, double BytesPerItem)> MeasureAsync(string path, int items, CancellationToken cancellationToken)
    {
        var runs = new List<(double Milliseconds, double BytesPerItem)>();
        for (var i = 0; i < 5; i++)
        {
            runs.Add(await MeasureOnceAsync(path, items, cancellationToken));
        }

        return (new Samples(runs.Select(r => r.Milliseconds)), new Samples(runs.Select(r => r.BytesPerItem)).Median);
    }

    /// <summary>A method of its own, so that nothing holds the endpoint before.</summary>
    private static async Task<(double Milliseconds, double BytesPerItem)> MeasureOnceAsync(string path, int items, CancellationToken cancellationToken)
    {
        var before = await MemoryInUse.MeasureAsync();
        var began = TimeProvider.System.GetTimestamp();
        await using var endpoint = await CosmosEndpoint.StartAsync(
            new CosmosEndpointOptions { Folder = path }, TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        return (took, (await MemoryInUse.MeasureAsync() - before) / (double)items);
    }
}
