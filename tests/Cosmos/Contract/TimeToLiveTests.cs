using System.Net;
using System.Text;
using System.Text.Json;
using EventFunctions.Tests.Support;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

/// <summary>Time to live, on a clock that the tests move.</summary>
public sealed class TimeToLiveTests : IAsyncLifetime
{
    private static readonly PartitionKey A = new("a");

    private readonly ManualTimeProvider _clock = new();

    private CosmosEndpoint Endpoint { get; set; } = null!;

    private CosmosClient Client { get; set; } = null!;

    private Database Database { get; set; } = null!;

    public async Task InitializeAsync()
    {
        Endpoint = await CosmosEndpoint.StartAsync(new CosmosEndpointOptions(), _clock, NullLoggerFactory.Instance, CancellationToken.None);
        Client = new CosmosClient(Endpoint.ConnectionString, CosmosFixture.Options());
        Database = await Client.CreateDatabaseAsync("ttl");
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await Endpoint.DisposeAsync();
    }

    [Theory]
    [InlineData(null, 10, false)]
    [InlineData(null, null, false)]
    [InlineData(-1, null, false)]
    [InlineData(-1, 10, true)]
    [InlineData(10, null, true)]
    [InlineData(10, -1, false)]
    [InlineData(1000, 10, true)]
    [InlineData(5, 1000, false)]
    public async Task The_items_time_to_live_counts_only_where_the_container_has_one(int? containers, int? items, bool gone)
    {
        var container = await NewAsync(containers);
        await PutAsync(container, "1", items);
        _clock.Advance(TimeSpan.FromSeconds(10));
        using var read = await container.ReadItemStreamAsync("1", A);
        Assert.Equal(gone ? HttpStatusCode.NotFound : HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task An_item_is_there_until_the_very_moment_it_falls_due()
    {
        var container = await NewAsync(30);
        await PutAsync(container, "1", null);
        _clock.Advance(TimeSpan.FromSeconds(29.999));
        Assert.Equal(1, await CountAsync(container));
        _clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal(0, await CountAsync(container));
        Assert.Equal(0, await ChangesAsync(container));
        using var replaced = await container.ReplaceItemStreamAsync(Body("1", null), "1", A);
        Assert.Equal(HttpStatusCode.NotFound, replaced.StatusCode);
    }

    [Fact]
    public async Task A_write_begins_the_time_anew()
    {
        var container = await NewAsync(30);
        await PutAsync(container, "1", null);
        _clock.Advance(TimeSpan.FromSeconds(20));
        await PutAsync(container, "1", null);
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, await CountAsync(container));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, await CountAsync(container));
    }

    [Fact]
    public async Task An_expired_items_id_is_free_again()
    {
        var container = await NewAsync(4);
        await PutAsync(container, "1", null);
        _clock.Advance(TimeSpan.FromSeconds(4));
        using var created = await container.CreateItemStreamAsync(Body("1", null), A);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(1, await CountAsync(container));
        Assert.Equal(1, await ChangesAsync(container));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(0, await CountAsync(container));
    }

    [Fact]
    public async Task A_containers_new_time_to_live_holds_for_the_items_it_has()
    {
        var container = await NewAsync(null);
        await PutAsync(container, "1", null);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await container.ReplaceContainerAsync(new ContainerProperties(container.Id, "/pk") { DefaultTimeToLive = 100 });
        Assert.Equal(1, await CountAsync(container));
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(0, await CountAsync(container));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(-1)]
    [InlineData(1000)]
    public async Task What_has_expired_does_not_come_back_with_another_time_to_live(int? seconds)
    {
        var container = await NewAsync(2);
        await PutAsync(container, "1", null);
        await PutAsync(container, "2", 1000);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await CountAsync(container));
        await container.ReplaceContainerAsync(new ContainerProperties(container.Id, "/pk") { DefaultTimeToLive = seconds });
        Assert.Equal(1, await CountAsync(container));
        Assert.Equal(1, await ChangesAsync(container));
    }

    [Fact]
    public async Task A_hundred_creates_over_expired_items_fit_one_batch()
    {
        var container = await NewAsync(3);
        for (var round = 0; round < 2; round++)
        {
            var batch = container.CreateTransactionalBatch(A);
            for (var i = 0; i < 100; i++)
            {
                batch.CreateItem(new Note($"{i}", "a", i));
            }

            using var done = await batch.ExecuteAsync();
            Assert.True(done.IsSuccessStatusCode);
            Assert.Equal(100, await CountAsync(container));
            Assert.Equal(100, await ChangesAsync(container));
            _clock.Advance(TimeSpan.FromSeconds(3));
        }
    }

    private async Task<Container> NewAsync(int? seconds) =>
        await Database.CreateContainerAsync(new ContainerProperties($"c{Guid.NewGuid():N}", "/pk") { DefaultTimeToLive = seconds });

    private static MemoryStream Body(string id, int? seconds) =>
        new(Encoding.UTF8.GetBytes(seconds is null ? $$"""{"id":"{{id}}","pk":"a"}""" : $$"""{"id":"{{id}}","pk":"a","ttl":{{seconds}}}"""));

    private static async Task PutAsync(Container container, string id, int? seconds)
    {
        using var put = await container.UpsertItemStreamAsync(Body(id, seconds), A);
        Assert.True(put.IsSuccessStatusCode, put.ErrorMessage);
    }

    private static async Task<int> CountAsync(Container container)
    {
        using var iterator = container.GetItemQueryIterator<JsonElement>("SELECT * FROM c", requestOptions: new QueryRequestOptions { PartitionKey = A });
        var count = 0;
        while (iterator.HasMoreResults)
        {
            count += (await iterator.ReadNextAsync()).Count;
        }

        return count;
    }

    private static async Task<int> ChangesAsync(Container container)
    {
        using var iterator = container.GetChangeFeedIterator<JsonElement>(
            ChangeFeedStartFrom.Beginning(FeedRange.FromPartitionKey(A)), ChangeFeedMode.Incremental);
        var count = 0;
        for (var page = await iterator.ReadNextAsync(); page.StatusCode != HttpStatusCode.NotModified; page = await iterator.ReadNextAsync())
        {
            count += page.Count;
        }

        return count;
    }
}
