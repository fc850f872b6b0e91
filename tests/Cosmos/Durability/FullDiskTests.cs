using System.Net;
using EventFunctions.Local.Cosmos.Durability;
using EventFunctions.Local.Cosmos.Tests.Contract;
using EventFunctions.Local.Journal;
using EventFunctions.Tests.Support;
using EventFunctions.Tests.Support.Disks;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Cosmos.Tests.Durability;

public sealed class FullDiskTests
{
    private static readonly PartitionKey A = new("a");

    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(DiskFault.FullDisk)]
    [InlineData(DiskFault.FailedSync)]
    public async Task When_the_disk_fails_writes_are_refused_and_reads_go_on_with_what_was_acknowledged(DiskFault fault)
    {
        var disk = new SimulatedDisk(new Random(1));
        using var log = new MessageRecorder(LogLevel.Warning);
        var acknowledged = 0;
        await using (var endpoint = await StartAsync(disk, log))
        {
            using var client = ClientOf(endpoint);
            Database database = await client.CreateDatabaseAsync("d");
            Container container = await database.CreateContainerAsync("c", "/pk");
            await container.CreateItemAsync(new Note("1", "a", 1), A);
            var kept = await container.ReadItemAsync<Note>("1", A);

            disk.FailNext(fault);
            var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => StatusAsync(() => container.CreateItemAsync(new Note($"late{i}", "a", i), A))));
            Assert.Contains(HttpStatusCode.ServiceUnavailable, results);
            acknowledged = results.Count(r => r == HttpStatusCode.OK);

            // Until it has read again what is safe, reads are refused, too; then they go on, and show nothing that was refused.
            await Eventually.HoldsAsync(
                async () => await StatusAsync(() => container.ReadItemAsync<Note>("1", A)) == HttpStatusCode.OK, "reading goes on");
            Assert.Equal(kept.ETag, (await container.ReadItemAsync<Note>("1", A)).ETag);
            Assert.Equal(acknowledged + 1, await CountAsync(container));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(() => container.CreateItemAsync(new Note("2", "a", 2), A)));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(() => container.DeleteItemAsync<Note>("1", A)));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(() => client.CreateDatabaseAsync("e")));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(() => container.DeleteContainerAsync()));
            Assert.Equal(acknowledged + 1, await CountAsync(container));
            Assert.Contains(log.Messages, m => m.Contains("takes no more writes", StringComparison.Ordinal));
        }

        disk.Restart();
        await using (var endpoint = await StartAsync(disk, log))
        {
            using var client = ClientOf(endpoint);
            var container = client.GetContainer("d", "c");
            Assert.InRange(await CountAsync(container), acknowledged + 1, 21);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(() => container.CreateItemAsync(new Note("2", "a", 2), A)));
        }
    }

    [Theory]
    [InlineData(DiskFault.FullDisk)]
    [InlineData(DiskFault.FailedSync)]
    public async Task When_the_disk_is_well_again_so_is_the_endpoint_and_nothing_acknowledged_is_lost(DiskFault fault)
    {
        var disk = new SimulatedDisk(new Random(1));
        using var log = new MessageRecorder(LogLevel.Warning);
        var acknowledged = new List<string>();
        await using (var endpoint = await StartAsync(disk, log))
        {
            using var client = ClientOf(endpoint);
            Database database = await client.CreateDatabaseAsync("d");
            Container container = await database.CreateContainerAsync("c", "/pk");
            for (var round = 0; round < 3; round++)
            {
                disk.FailNext(fault);
                foreach (var id in Enumerable.Range(0, 10).Select(i => $"{round}-{i}"))
                {
                    if (await StatusAsync(() => container.CreateItemAsync(new Note(id, "a", round), A)) == HttpStatusCode.OK)
                    {
                        acknowledged.Add(id);
                    }
                }

                Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(() => container.CreateItemAsync(new Note("no", "a", 0), A)));
                await Eventually.HoldsAsync(
                    async () =>
                    {
                        _clock.Advance(StoreJournal.RetryInterval);
                        return await StatusAsync(() => container.UpsertItemAsync(new Note($"{round}", "a", round), A)) == HttpStatusCode.OK;
                    },
                    "writing goes on");
                acknowledged.Add($"{round}");
                Assert.Empty(acknowledged.Except(await IdsAsync(container), StringComparer.Ordinal));
            }

            Assert.Equal(3, log.Messages.Count(m => m.Contains("takes writes again", StringComparison.Ordinal)));
        }

        disk.Restart();
        await using (var endpoint = await StartAsync(disk, log))
        {
            using var client = ClientOf(endpoint);
            Assert.Empty(acknowledged.Except(await IdsAsync(client.GetContainer("d", "c")), StringComparer.Ordinal));
        }
    }

    /// <summary>On a clock that stands still, so that the journal is opened again when the test says so.</summary>
    private Task<CosmosEndpoint> StartAsync(SimulatedDisk disk, ILoggerFactory log) => CosmosEndpoint.StartAsync(
        new CosmosEndpointOptions { Folder = "simulated" }, new JournalOptions(), _ => disk.Open(), _clock, log, CancellationToken.None);

    private static async Task<List<string>> IdsAsync(Container container)
    {
        using var query = container.GetItemQueryIterator<string>("SELECT VALUE c.id FROM c", requestOptions: new QueryRequestOptions { PartitionKey = A });
        return [.. await query.ReadNextAsync()];
    }

    /// <summary>A client that does not try again by itself: the SDK takes a 503 for another region's business.</summary>
    private static CosmosClient ClientOf(CosmosEndpoint endpoint)
    {
        var options = CosmosFixture.Options();
        options.MaxRetryAttemptsOnRateLimitedRequests = 0;
        return new CosmosClient(endpoint.ConnectionString, options);
    }

    /// <returns>200 for whatever succeeds.</returns>
    private static async Task<HttpStatusCode> StatusAsync<T>(Func<Task<T>> request)
    {
        try
        {
            await request();
            return HttpStatusCode.OK;
        }
        catch (CosmosException refused)
        {
            return refused.StatusCode;
        }
    }

    private static async Task<int> CountAsync(Container container)
    {
        using var query = container.GetItemQueryIterator<int>("SELECT VALUE COUNT(1) FROM c", requestOptions: new QueryRequestOptions { PartitionKey = A });
        return (await query.ReadNextAsync()).Single();
    }
}
