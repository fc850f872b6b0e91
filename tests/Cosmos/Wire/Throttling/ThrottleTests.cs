using System.Net;
using EventFunctions.Local.Cosmos.Tests.Contract;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;
using EffectivePartitionKey = EventFunctions.Local.Cosmos.Store.EffectivePartitionKey;
using KeyRangeMap = EventFunctions.Local.Cosmos.Store.KeyRangeMap;
using PartitionKeyValue = EventFunctions.Local.Cosmos.Store.PartitionKeyValue;

namespace EventFunctions.Local.Cosmos.Tests.Wire.Throttling;

/// <summary>An endpoint that holds containers to their throughput, on a clock that stands still: what is refused, and from when on no more.</summary>
public sealed class ThrottleTests : IAsyncLifetime
{
    private const double PerWrite = 5;

    private readonly ManualTimeProvider _clock = new();

    private CosmosEndpoint Endpoint { get; set; } = null!;

    private CosmosClient Client { get; set; } = null!;

    private Database Database { get; set; } = null!;

    public async Task InitializeAsync()
    {
        Endpoint = await CosmosEndpoint.StartAsync(new CosmosEndpointOptions { EnforceThroughput = true }, _clock, NullLoggerFactory.Instance, CancellationToken.None);
        var options = CosmosFixture.Options();
        options.MaxRetryAttemptsOnRateLimitedRequests = 0;
        Client = new CosmosClient(Endpoint.ConnectionString, options);
        Database = await Client.CreateDatabaseAsync("d");
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Endpoint.DisposeAsync();
    }

    [Fact]
    public async Task What_is_spent_comes_back_with_time()
    {
        Container container = await Database.CreateContainerAsync("c", "/pk", throughput: 400);

        // A quarter of 400 for each of four key ranges is 100 a second, and a write is let in while anything is left.
        var first = await WriteUntilRefusedAsync(container, "a");
        Assert.Equal(100 / PerWrite, first.Written);
        Assert.Equal((HttpStatusCode.TooManyRequests, 3200), (first.Refusal.StatusCode, first.Refusal.SubStatusCode));
        Assert.InRange(first.Refusal.RetryAfter!.Value.TotalMilliseconds, 1, 10);

        _clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(25 / PerWrite, (await WriteUntilRefusedAsync(container, "a")).Written);

        // No more than a second's worth is saved up.
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(100 / PerWrite, (await WriteUntilRefusedAsync(container, "a")).Written);
    }

    [Fact]
    public async Task A_dear_request_is_let_in_and_those_behind_it_wait_for_it()
    {
        Container container = await Database.CreateContainerAsync("c", "/pk", throughput: 400);
        var dear = await container.CreateItemAsync(new Note("big", "a", 0, new string('x', 1_000_000)), new PartitionKey("a"));
        Assert.True(dear.RequestCharge > 400);

        var refused = await Assert.ThrowsAsync<CosmosException>(() => container.ReadItemAsync<Note>("big", new PartitionKey("a")));
        var expected = (dear.RequestCharge - 100) / 100 * 1000;
        Assert.InRange(refused.RetryAfter!.Value.TotalMilliseconds, expected, expected + 10);
        _clock.Advance(refused.RetryAfter.Value);
        Assert.Equal("big", (await container.ReadItemAsync<Note>("big", new PartitionKey("a"))).Resource.Id);
    }

    [Fact]
    public async Task Each_key_range_has_its_own_share_and_a_hot_partition_no_more_than_its_ranges()
    {
        Container container = await Database.CreateContainerAsync("c", "/pk", throughput: 400);
        var (hot, cold) = KeysOfTwoRanges();
        Assert.Equal(100 / PerWrite, (await WriteUntilRefusedAsync(container, hot)).Written);
        Assert.Equal(100 / PerWrite, (await WriteUntilRefusedAsync(container, cold)).Written);
    }

    [Fact]
    public async Task Another_throughput_holds_from_the_next_request_on()
    {
        Container container = await Database.CreateContainerAsync("c", "/pk", throughput: 400);
        await WriteUntilRefusedAsync(container, "a");
        await container.ReplaceThroughputAsync(4000);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1000 / PerWrite, (await WriteUntilRefusedAsync(container, "a")).Written);
    }

    [Fact]
    public async Task Containers_that_share_aDatabases_throughput_share_its_budget()
    {
        Database shared = await Client.CreateDatabaseAsync("shared", ThroughputProperties.CreateAutoscaleThroughput(1000));
        Container one = await shared.CreateContainerAsync("one", "/pk");
        Container other = await shared.CreateContainerAsync("other", "/pk");
        Assert.Equal(250 / PerWrite, (await WriteUntilRefusedAsync(one, "a")).Written);
        Assert.Equal(0, (await WriteUntilRefusedAsync(other, "a")).Written);
    }

    [Fact]
    public async Task Queries_batches_and_feeds_spend_too()
    {
        Container container = await Database.CreateContainerAsync("c", "/pk", throughput: 400);
        var key = new PartitionKey("a");
        await container.CreateItemAsync(new Note("1", "a", 1), key);
        await WriteUntilRefusedAsync(container, "a");
        using var query = container.GetItemQueryIterator<Note>("SELECT * FROM c", requestOptions: new QueryRequestOptions { PartitionKey = key });
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Assert.ThrowsAsync<CosmosException>(() => query.ReadNextAsync())).StatusCode);
        using var batch = await container.CreateTransactionalBatch(key).ReadItem("1").ExecuteAsync();
        Assert.Equal(HttpStatusCode.TooManyRequests, batch.StatusCode);
        using var feed = container.GetChangeFeedIterator<Note>(ChangeFeedStartFrom.Beginning(FeedRange.FromPartitionKey(key)), ChangeFeedMode.LatestVersion);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Assert.ThrowsAsync<CosmosException>(() => feed.ReadNextAsync())).StatusCode);

        // Definitions and key ranges are no business of a container's throughput.
        Assert.Equal("c", (await container.ReadContainerAsync()).Resource.Id);
    }

    [Fact]
    public async Task The_SDK_tries_again_until_it_is_let_in_and_nothing_is_written_twice()
    {
        Container container = await Database.CreateContainerAsync("c", "/pk", throughput: 400);
        await WriteUntilRefusedAsync(container, "a");
        var before = await CountAsync(container);
        var options = CosmosFixture.Options();
        options.MaxRetryAttemptsOnRateLimitedRequests = 100;
        using var patient = new CosmosClient(Endpoint.ConnectionString, options);
        var writes = Task.WhenAll(Enumerable.Range(0, 40).Select(i => patient.GetContainer("d", "c").CreateItemAsync(new Note($"late{i}", "a", i), new PartitionKey("a"))));
        await Eventually.HoldsAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromMilliseconds(100));
                return Task.FromResult(writes.IsCompleted);
            },
            "all are written");
        await writes;
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(before + 40, await CountAsync(container));
    }

    private async Task<int> CountAsync(Container container)
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        using var query = container.GetItemQueryIterator<int>("SELECT VALUE COUNT(1) FROM c", requestOptions: new QueryRequestOptions { PartitionKey = new PartitionKey("a") });
        return (await query.ReadNextAsync()).Single();
    }

    private static (string First, string Second) KeysOfTwoRanges()
    {
        var ranges = new KeyRangeMap(new CosmosEndpointOptions().PartitionKeyRanges);
        int RangeOf(string key) => ranges.IndexOf(EffectivePartitionKey.Of(PartitionKeyValue.Of(key)));
        return ("a", Enumerable.Range(0, 100).Select(i => $"b{i}").First(k => RangeOf(k) != RangeOf("a")));
    }

    private static async Task<(int Written, CosmosException Refusal)> WriteUntilRefusedAsync(Container container, string key)
    {
        for (var written = 0; ; written++)
        {
            try
            {
                await container.CreateItemAsync(new Note($"{Guid.NewGuid():N}", key, written), new PartitionKey(key));
            }
            catch (CosmosException refused)
            {
                return (written, refused);
            }
        }
    }
}
