using System.Net;
using EventFunctions.Local.Cosmos.Tests.Contract;
using EventFunctions.Local.Journal;
using EventFunctions.Local.Journal.Compaction;
using EventFunctions.Local.Journal.Files;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;

namespace EventFunctions.Local.Cosmos.Tests.Durability;

/// <summary>An endpoint started again on its folder, as the SDK sees it.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("cosmos-restart-").FullName, "state");
    private readonly ManualTimeProvider _clock = new();

    private MessageRecorder Log { get; } = new(LogLevel.Warning);

    private CosmosEndpoint Endpoint { get; set; } = null!;

    private CosmosClient Client { get; set; } = null!;

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        await StopAsync();
        Log.Dispose();
        Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);
    }

    /// <summary>As a log; and, where it is compacted again and again, as a snapshot with what came after it.</summary>
    [Theory]
    [InlineData(64 * 1024 * 1024)]
    [InlineData(1)]
    public async Task Items_definitions_and_identities_are_as_they_were(long compactFrom)
    {
        await RestartAsync(compactFrom);
        Database database = await Client.CreateDatabaseAsync("d");
        await Client.CreateDatabaseAsync("dropped");
        await Client.GetDatabase("dropped").DeleteAsync();
        var indexing = new IndexingPolicy { ExcludedPaths = { new ExcludedPath { Path = "/text/*" } } };
        Container container = await database.CreateContainerAsync(new ContainerProperties("c", "/pk") { DefaultTimeToLive = -1, IndexingPolicy = indexing });
        await database.CreateContainerAsync("dropped", "/pk");
        await database.GetContainer("dropped").DeleteContainerAsync();
        var first = await container.CreateItemAsync(new Note("1", "a", 1, "zuerst äöü"), new PartitionKey("a"));
        var batch = await container.CreateTransactionalBatch(new PartitionKey("b"))
            .CreateItem(new Note("1", "b", 2)).CreateItem(new Note("2", "b", 3)).DeleteItem("1").ExecuteAsync();
        Assert.True(batch.IsSuccessStatusCode);
        var before = await container.ReadContainerAsync();

        await RestartAsync(compactFrom);
        container = Client.GetContainer("d", "c");
        var read = await container.ReadItemAsync<Note>("1", new PartitionKey("a"), new ItemRequestOptions { SessionToken = first.Headers.Session });
        Assert.Equal((first.ETag, "zuerst äöü", first.Headers.Session), (read.ETag, read.Resource.Text, read.Headers.Session));
        using var gone = await container.ReadItemStreamAsync("1", new PartitionKey("b"));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(batch[1].ETag, (await container.ReadItemAsync<Note>("2", new PartitionKey("b"))).ETag);
        var after = await container.ReadContainerAsync();
        Assert.Equal((before.ETag, before.Resource.SelfLink, -1), (after.ETag, after.Resource.SelfLink, after.Resource.DefaultTimeToLive));
        Assert.Contains(after.Resource.IndexingPolicy.ExcludedPaths, p => p.Path == "/text/*");

        // A precondition holds across the restart, and what was deleted has not left its identity to anything new.
        await container.ReplaceItemAsync(new Note("1", "a", 4), "1", new PartitionKey("a"), new ItemRequestOptions { IfMatchEtag = first.ETag });
        Database fresh = await Client.CreateDatabaseAsync("dropped");
        Assert.Equal("AAAAAw==", (await fresh.ReadAsync()).Resource.SelfLink.Split('/')[1]);
        Assert.Empty(Log.Messages);
    }

    [Theory]
    [InlineData(64 * 1024 * 1024)]
    [InlineData(1)]
    public async Task Feeds_and_queries_go_on_where_they_were(long compactFrom)
    {
        await RestartAsync(compactFrom);
        Database database = await Client.CreateDatabaseAsync("d");
        Container container = await database.CreateContainerAsync("c", "/pk");
        for (var i = 0; i < 30; i++)
        {
            await container.UpsertItemAsync(new Note($"{i % 20}", $"p{i % 5}", i), new PartitionKey($"p{i % 5}"));
        }

        string feed;
        List<int> seen = [];
        using (var changes = container.GetChangeFeedIterator<Note>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.LatestVersion, new ChangeFeedRequestOptions { PageSizeHint = 4 }))
        {
            var page = await changes.ReadNextAsync();
            seen.AddRange(page.Select(n => n.Number));
            feed = page.ContinuationToken;
        }

        const string text = "SELECT * FROM c ORDER BY c.number DESC";
        var options = new QueryRequestOptions { MaxItemCount = 3, PartitionKey = new PartitionKey("p1") };
        string next;
        List<int> rows = [];
        using (var query = container.GetItemQueryIterator<Note>(text, requestOptions: options))
        {
            var page = await query.ReadNextAsync();
            rows.AddRange(page.Select(n => n.Number));
            next = page.ContinuationToken;
        }

        await RestartAsync(compactFrom);
        container = Client.GetContainer("d", "c");
        await container.UpsertItemAsync(new Note("new", "p4", 100), new PartitionKey("p4"));
        using (var changes = container.GetChangeFeedIterator<Note>(ChangeFeedStartFrom.ContinuationToken(feed), ChangeFeedMode.LatestVersion))
        {
            // The iterator never ends; each of the ranges is at its end once all have said that there is nothing.
            for (var idle = 0; idle < 8;)
            {
                var page = await changes.ReadNextAsync();
                seen.AddRange(page.StatusCode == HttpStatusCode.NotModified ? [] : page.Select(n => n.Number));
                idle = page.StatusCode == HttpStatusCode.NotModified ? idle + 1 : 0;
            }
        }

        Assert.Equal([.. Enumerable.Range(10, 20), 100], seen.Order());
        using (var query = container.GetItemQueryIterator<Note>(text, next, options))
        {
            while (query.HasMoreResults)
            {
                rows.AddRange((await query.ReadNextAsync()).Select(n => n.Number));
            }
        }

        Assert.Equal(Enumerable.Range(10, 20).Where(n => n % 5 == 1).OrderDescending(), rows);
    }

    /// <summary>The indexes are gone with the process: they are made again when the next page asks.</summary>
    [Fact]
    public async Task A_page_of_a_filter_and_an_order_costs_after_a_restart_what_it_did_before()
    {
        Database database = await Client.CreateDatabaseAsync("d");
        Container container = await database.CreateContainerAsync("c", "/pk");
        for (var i = 0; i < 300; i++)
        {
            await container.CreateItemAsync(new Note($"{i}", "a", i, i is >= 20 and < 60 ? "rare" : "usual"), new PartitionKey("a"));
        }

        var (numbers, charges) = (new List<int>(), new List<double>());
        string? next = null;
        do
        {
            var options = new QueryRequestOptions { MaxItemCount = 5, PartitionKey = new PartitionKey("a") };
            using var query = Client.GetContainer("d", "c").GetItemQueryIterator<Note>("SELECT * FROM c WHERE c.text = 'rare' ORDER BY c.number", next, options);
            var page = await query.ReadNextAsync();
            numbers.AddRange(page.Select(n => n.Number));
            charges.Add(page.RequestCharge);
            next = page.ContinuationToken;
            if (charges.Count == 4)
            {
                await RestartAsync(compactFrom: 1);
            }
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(20, 40), numbers);
        Assert.True(charges.TrueForAll(c => c <= charges[0] * 1.05), string.Join(' ', charges));
    }

    [Fact]
    public async Task Time_to_live_goes_on_while_the_endpoint_is_down()
    {
        Database database = await Client.CreateDatabaseAsync("d");
        Container container = await database.CreateContainerAsync(new ContainerProperties("c", "/pk") { DefaultTimeToLive = 60 });
        await container.CreateItemAsync(new Note("1", "a", 1), new PartitionKey("a"));
        await StopAsync();
        _clock.Advance(TimeSpan.FromSeconds(60));
        await StartAsync();
        using var gone = await Client.GetContainer("d", "c").ReadItemStreamAsync("1", new PartitionKey("a"));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_folder_is_one_endpoints_at_a_time()
    {
        await Assert.ThrowsAsync<JournalInUseException>(() => CosmosEndpoint.StartAsync(new CosmosEndpointOptions { Folder = _folder }, _clock, Log, CancellationToken.None));
    }

    [Fact]
    public async Task A_torn_end_is_cut_off_and_told_and_damage_is_refused()
    {
        Database database = await Client.CreateDatabaseAsync("d");
        await database.CreateContainerAsync("c", "/pk");
        await StopAsync();
        var file = Assert.Single(Directory.GetFiles(_folder, "*.segment"));
        await File.AppendAllTextAsync(file, "half of a");
        await StartAsync();
        Assert.Contains(Log.Messages, m => m.Contains(file, StringComparison.Ordinal) && m.Contains("9 bytes", StringComparison.Ordinal));
        Assert.Equal("c", (await Client.GetContainer("d", "c").ReadContainerAsync()).Resource.Id);

        await StopAsync();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[60] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        var refused = await Assert.ThrowsAsync<JournalUnreadableException>(StartAsync);
        Assert.Equal((file, 32), (refused.File, refused.Offset));
        bytes[60] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        await StartAsync();
    }

    [Fact]
    public async Task A_folder_of_something_else_is_refused()
    {
        var other = Path.Combine(Path.GetDirectoryName(_folder)!, "other");
        await using (var journal = await DurableJournal.OpenAsync(DiskFolder.Open(other), new JournalOptions(), (_, _) => { }, CancellationToken.None))
        {
            await journal.AppendAsync(200, "a message"u8);
        }

        var options = new CosmosEndpointOptions { Folder = other };
        var refused = await Assert.ThrowsAsync<JournalUnreadableException>(() => CosmosEndpoint.StartAsync(options, _clock, Log, CancellationToken.None));
        Assert.Contains("200", refused.Message, StringComparison.Ordinal);
        DiskFolder.Open(other).Dispose();
    }

    private Task StartAsync() => StartAsync(new JournalOptions());

    private async Task StartAsync(JournalOptions options)
    {
        Endpoint = await CosmosEndpoint.StartAsync(
            new CosmosEndpointOptions { Folder = _folder }, options, path => DiskFolder.Open(path), _clock, Log, CancellationToken.None);
        Client = new CosmosClient(Endpoint.ConnectionString, CosmosFixture.Options());
    }

    private async Task StopAsync()
    {
        Client.Dispose();
        await Endpoint.DisposeAsync();
    }

    private async Task RestartAsync(long compactFrom)
    {
        await StopAsync();
        await StartAsync(new JournalOptions { Compaction = new CompactionPolicy { MinBytes = compactFrom, Ratio = 0.01 } });
    }
}
