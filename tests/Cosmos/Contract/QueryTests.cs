using System.Text.Json;
using EventFunctions.Local.Cosmos.Tests.NativePlanner;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

/// <summary>Queries through the SDK, over 120 items of 12 partitions, which lie in all key ranges; bucket is full of ties.</summary>
[Collection(CosmosCollection.Name)]
public partial class QueryTests(CosmosFixture cosmos) : IAsyncLifetime
{
    /// <summary>Whether the SDK plans by itself, as on Windows, and refuses in its own words what it can't read.</summary>
    private static readonly bool NativePlanner = OperatingSystem.IsWindows() || Environment.GetEnvironmentVariable(NativePlannerFactAttribute.Setting) == "true";

    private const int Partitions = 12, PerPartition = 10;

    private Container _container = null!;

    public async Task InitializeAsync()
    {
        var properties = new ContainerProperties($"queries-{Guid.NewGuid():N}", "/pk");
        properties.IndexingPolicy.IncludedPaths.Add(new IncludedPath { Path = "/*" });
        properties.IndexingPolicy.ExcludedPaths.Add(new ExcludedPath { Path = "/secret/?" });
        properties.IndexingPolicy.CompositeIndexes.Add([new CompositePath { Path = "/bucket", Order = CompositePathSortOrder.Descending }, new CompositePath { Path = "/number" }]);
        _container = await cosmos.Database.CreateContainerAsync(properties);
        await Task.WhenAll(Enumerable.Range(0, Partitions * PerPartition).Select(i =>
            _container.CreateItemAsync(new Item($"i{i:000}", $"p{i % Partitions}", i, i % 7, i % 5 == 0 ? null : $"name {i}"), new PartitionKey($"p{i % Partitions}"))));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("SELECT * FROM c", 10)]
    [InlineData("SELECT * FROM c WHERE c.number >= 60", 5)]
    [InlineData("SELECT * FROM c WHERE c.number BETWEEN 12 AND 36", 3)]
    [InlineData("SELECT * FROM c WHERE c.id IN ('i000', 'i012', 'i001')", 2)]
    [InlineData("SELECT * FROM c WHERE STARTSWITH(c.id, 'i00')", 1)]
    [InlineData("SELECT TOP 3 * FROM c", 3)]
    [InlineData("SELECT * FROM c ORDER BY c.number DESC OFFSET 2 LIMIT 5", 5)]
    public async Task A_partition_answers_with_its_own_items(string query, int expected)
    {
        var items = await ReadAsync<Item>(query, new PartitionKey("p0"), pageSize: 2);
        Assert.Equal(expected, items.Count);
        Assert.All(items, i => Assert.Equal("p0", i.Pk));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task A_partition_is_read_in_order_page_by_page(int pageSize)
    {
        var ascending = await ReadAsync<Item>("SELECT * FROM c ORDER BY c.number", new PartitionKey("p3"), pageSize);
        Assert.Equal(Enumerable.Range(0, PerPartition).Select(i => 3 + i * Partitions), ascending.Select(i => i.Number));
        var descending = await ReadAsync<Item>("SELECT * FROM c ORDER BY c.number DESC", new PartitionKey("p3"), pageSize);
        Assert.Equal(ascending.Select(i => i.Id).Reverse(), descending.Select(i => i.Id));
    }

    [Theory]
    [InlineData("SELECT * FROM c", 120)]
    [InlineData("SELECT * FROM c WHERE c.bucket = 3", 17)]
    [InlineData("SELECT * FROM c WHERE c.bucket = @group", 17)]
    [InlineData("SELECT * FROM c WHERE NOT IS_DEFINED(c.name)", 24)]
    [InlineData("SELECT * FROM c WHERE CONTAINS(c.name, '99') OR c.id = 'i000'", 2)]
    [InlineData("SELECT TOP 7 * FROM c", 7)]
    [InlineData("SELECT * FROM c OFFSET 100 LIMIT 50", 20)]
    [InlineData("SELECT c.id, c[\"bucket\"] AS g FROM c WHERE c.pk != 'p1' OFFSET 5 LIMIT 10", 10)]
    public async Task Several_ranges_answer_together(string query, int expected)
    {
        var items = await ReadAsync<JsonElement>(new QueryDefinition(query).WithParameter("@group", 3), null, pageSize: 11);
        Assert.Equal(expected, items.Count);
        Assert.Equal(expected, items.Select(i => i.GetProperty("id").GetString()).Distinct().Count());
    }

    [Theory]
    [InlineData("SELECT * FROM c ORDER BY c.number", 120)]
    [InlineData("SELECT * FROM c ORDER BY c.bucket DESC, c.number", 120)]
    [InlineData("SELECT * FROM c ORDER BY c.bucket", 120)]
    [InlineData("SELECT * FROM c ORDER BY c.name DESC", 120)]
    [InlineData("SELECT * FROM c WHERE c.number < 50 ORDER BY c.bucket ASC", 50)]
    [InlineData("SELECT TOP 13 * FROM c ORDER BY c.bucket DESC", 13)]
    [InlineData("SELECT * FROM c ORDER BY c.bucket OFFSET 15 LIMIT 30", 30)]
    public async Task Order_over_ranges_survives_resuming_from_every_continuation(string query, int expected)
    {
        var whole = await ReadAsync<Item>(query, null, pageSize: 200);
        var resumed = new List<Item>();
        string? continuation = null;
        do
        {
            // A new client-side iterator each time: it knows of the pages before by the continuation alone.
            using var iterator = _container.GetItemQueryIterator<Item>(query, continuation, new QueryRequestOptions { MaxItemCount = 4 });
            var page = await iterator.ReadNextAsync();
            resumed.AddRange(page);
            continuation = page.ContinuationToken;
        }
        while (continuation is not null);

        Assert.Equal(expected, whole.Count);
        Assert.Equal(whole.Select(i => i.Id), resumed.Select(i => i.Id));
        Assert.Equal(expected, whole.Select(i => i.Id).Distinct().Count());
    }

    [Fact]
    public async Task Order_over_ranges_is_by_the_columns_in_turn()
    {
        var items = await ReadAsync<Item>("SELECT * FROM c ORDER BY c.bucket DESC, c.number", null, pageSize: 9);
        Assert.Equal(items.OrderByDescending(i => i.Bucket).ThenBy(i => i.Number).Select(i => i.Id), items.Select(i => i.Id));
        var byName = await ReadAsync<Item>("SELECT * FROM c ORDER BY c.name", null, pageSize: 9);
        Assert.Equal(byName.OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => i.Name), byName.Select(i => i.Name));
        Assert.Equal(24, byName.TakeWhile(i => i.Name is null).Count());
    }

    [Theory]
    [InlineData("SELECT VALUE COUNT(1) FROM c", 120)]
    [InlineData("SELECT VALUE COUNT(c.name) FROM c", 96)]
    [InlineData("SELECT VALUE SUM(c.number) FROM c", 7140)]
    [InlineData("SELECT VALUE MIN(c.number) FROM c WHERE c.bucket = 4", 4)]
    [InlineData("SELECT VALUE MAX(c.number) FROM c WHERE c.number < 77", 76)]
    [InlineData("SELECT VALUE AVG(c.number) FROM c", 59.5)]
    [InlineData("SELECT VALUE COUNT(1) FROM c WHERE c.number = 1000", 0)]
    public async Task Aggregates_are_over_all_ranges(string query, double expected) =>
        Assert.Equal([expected], await ReadAsync<double>(query, null));

    [Theory]
    [InlineData("SELECT VALUE COUNT(1) FROM c", 10)]
    [InlineData("SELECT VALUE SUM(c.number) FROM c", 540)]
    [InlineData("SELECT VALUE AVG(c.number) FROM c", 54)]
    [InlineData("SELECT VALUE MAX(c.number) FROM c", 108)]
    public async Task Aggregates_of_a_partition_are_over_it_alone(string query, double expected) =>
        Assert.Equal([expected], await ReadAsync<double>(query, new PartitionKey("p0")));

    [Fact]
    public async Task Several_aggregates_make_one_object()
    {
        var rows = await ReadAsync<JsonElement>("SELECT COUNT(1) AS n, MIN(c.number) AS low, MAX(c.number) AS high, AVG(c.bucket) AS mean FROM c WHERE c.number < 14", null);
        Assert.Equal("""{"n":14,"low":0,"high":13,"mean":3}""", Assert.Single(rows).GetRawText());
    }

    [Fact]
    public async Task Extremes_and_averages_of_nothing_are_nothing()
    {
        Assert.Empty(await ReadAsync<JsonElement>("SELECT VALUE MIN(c.nothing) FROM c", null));
        Assert.Empty(await ReadAsync<JsonElement>("SELECT VALUE AVG(c.nothing) FROM c", null));
    }

    [Fact]
    public async Task Projections_make_objects_and_values()
    {
        var key = new PartitionKey("p2");
        var rows = await ReadAsync<JsonElement>("SELECT c.id, c.number * 2 AS twice, {\"g\": c[\"bucket\"]} AS nested, c.nothing FROM c WHERE c.id = 'i014'", key);
        Assert.Equal("""{"id":"i014","twice":28,"nested":{"g":0}}""", Assert.Single(rows).GetRawText());
        Assert.Equal(["i002", "i014"], await ReadAsync<string>("SELECT VALUE c.id FROM c WHERE c.number < 20 ORDER BY c.number", key));
    }

    [Theory]
    [InlineData("SELECT DISTINCT VALUE c.pk FROM c", "[\"p0\",\"p1\",\"p10\",\"p11\",\"p2\",\"p3\",\"p4\",\"p5\",\"p6\",\"p7\",\"p8\",\"p9\"]")]
    [InlineData("SELECT DISTINCT c.bucket FROM c", """[{"bucket":0},{"bucket":1},{"bucket":2},{"bucket":3},{"bucket":4},{"bucket":5},{"bucket":6}]""")]
    [InlineData("SELECT DISTINCT VALUE c.bucket FROM c ORDER BY c.bucket", "[0,1,2,3,4,5,6]")]
    [InlineData("SELECT DISTINCT c.bucket FROM c ORDER BY c.bucket OFFSET 1 LIMIT 2", """[{"bucket":1},{"bucket":2}]""")]
    [InlineData("SELECT c.bucket, COUNT(1) AS k, SUM(c.number) AS s, MIN(c.number) AS lo, MAX(c.number) AS hi FROM c WHERE c.bucket > 4 GROUP BY c.bucket", """[{"bucket":5,"k":17,"s":1037,"lo":5,"hi":117},{"bucket":6,"k":17,"s":1054,"lo":6,"hi":118}]""")]
    [InlineData("SELECT AVG(c.number) AS m, c.bucket FROM c WHERE c.number < 14 GROUP BY c.bucket", """[{"m":3.5,"bucket":0},{"m":4.5,"bucket":1},{"m":5.5,"bucket":2},{"m":6.5,"bucket":3},{"m":7.5,"bucket":4},{"m":8.5,"bucket":5},{"m":9.5,"bucket":6}]""")]
    [InlineData("SELECT VALUE COUNT(1) FROM c GROUP BY c.bucket", "[17,17,17,17,17,17,18]")]
    [InlineData("SELECT VALUE c.bucket FROM c GROUP BY c.bucket", "[0,1,2,3,4,5,6]")]
    [InlineData("SELECT c.bucket, IS_DEFINED(c.name) AS named, COUNT(1) AS k FROM c WHERE c.bucket = 0 GROUP BY c.bucket, IS_DEFINED(c.name)", """[{"bucket":0,"named":true,"k":14},{"bucket":0,"named":false,"k":4}]""")]
    [InlineData("SELECT VALUE [c.number, t] FROM c JOIN t IN (SELECT VALUE [1, 2]) WHERE c.number < 2", "[[0,1],[0,2],[1,1],[1,2]]")]
    [InlineData("SELECT VALUE COUNT(1) FROM c JOIN t IN (SELECT VALUE [1, 2])", "[240]")]
    [InlineData("SELECT VALUE c.number FROM c WHERE c.name LIKE 'name _' AND EXISTS(SELECT VALUE 1 WHERE c.number > 7)", "[8,9]")]
    [InlineData("SELECT VALUE 1 + 1", "[2]")]
    public async Task Groups_distinct_values_and_joins_go_over_all_ranges(string query, string expected)
    {
        foreach (var pageSize in new[] { -1, 2 })
        {
            var rows = await ReadAsync<JsonElement>(query, null, pageSize);
            Query.SqlTable.AssertSame(expected, $"[{string.Join(',', rows.Select(r => r.GetRawText()).Order(ByValue))}]", query);
        }
    }

    [Theory]
    [InlineData("SELECT DISTINCT VALUE c.bucket FROM c WHERE c.number < 40", "[0,1,3,5]")]
    [InlineData("SELECT c.bucket, COUNT(1) AS k FROM c WHERE c.bucket < 2 GROUP BY c.bucket", """[{"bucket":0,"k":2},{"bucket":1,"k":1}]""")]
    [InlineData("SELECT VALUE [c.number, t] FROM c JOIN t IN (SELECT VALUE [1, 2]) WHERE c.number < 13", "[[0,1],[0,2],[12,1],[12,2]]")]
    [InlineData("SELECT VALUE ARRAY(SELECT VALUE n + c.number FROM n IN (SELECT VALUE [1, 2])) FROM c WHERE c.number = 12", "[[13,14]]")]
    public async Task Groups_distinct_values_and_joins_of_one_partition(string query, string expected)
    {
        foreach (var pageSize in new[] { -1, 1 })
        {
            var rows = await ReadAsync<JsonElement>(query, new PartitionKey("p0"), pageSize);
            Query.SqlTable.AssertSame(expected, $"[{string.Join(',', rows.Select(r => r.GetRawText()).Order(ByValue))}]", query);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Joined_rows_in_order_survive_resuming_in_the_middle_of_an_item(int pageSize)
    {
        const string Query = "SELECT VALUE [c.number, t] FROM c JOIN t IN (SELECT VALUE [1, 2, 3]) WHERE c.number < 9 ORDER BY c.bucket";
        var whole = await ReadAsync<JsonElement>(Query, null, pageSize: 200);
        var resumed = new List<string>();
        string? continuation = null;
        do
        {
            using var iterator = _container.GetItemQueryIterator<JsonElement>(Query, continuation, new QueryRequestOptions { MaxItemCount = pageSize });
            var page = await iterator.ReadNextAsync();
            resumed.AddRange(page.Select(r => r.GetRawText()));
            continuation = page.ContinuationToken;
        }
        while (continuation is not null);

        Assert.Equal(27, whole.Count);
        Assert.Equal(whole.Select(r => r.GetRawText()), resumed);
    }

    [Fact]
    public async Task Plans_are_the_SDKs_own_where_it_is_to_make_them()
    {
        using var recorder = new RequestRecorder();
        using var client = recorder.Connect(cosmos.Endpoint);
        using var iterator = client.GetContainer(_container.Database.Id, _container.Id).GetItemQueryIterator<Item>("SELECT * FROM c ORDER BY c.number");
        Assert.Equal(120, (await DrainAsync(iterator)).Count);
        Assert.Equal(NativePlanner ? 0 : 1, recorder.Plans);
    }

    [Fact]
    public async Task Linq_is_understood()
    {
        using var iterator = Microsoft.Azure.Cosmos.Linq.CosmosLinqExtensions.ToFeedIterator(
            _container.GetItemLinqQueryable<Item>()
                .Where(i => i.Bucket == 2 && i.Number > 50 && i.Id.StartsWith("i0"))
                .OrderByDescending(i => i.Number)
                .Select(i => i.Number));
        Assert.Equal([93, 86, 79, 72, 65, 58, 51], await DrainAsync(iterator));
    }

    [Fact]
    public async Task Many_items_are_read_by_id_and_key()
    {
        var found = await _container.ReadManyItemsAsync<Item>([.. Enumerable.Range(0, 30).Select(i => ($"i{i * 4:000}", new PartitionKey($"p{i * 4 % Partitions}"))), ("none", new PartitionKey("p1"))]);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => i * 4), found.Select(i => i.Number).Order());
    }

    [Fact]
    public async Task The_read_feed_gives_everything_once()
    {
        using var iterator = _container.GetItemQueryIterator<Item>(queryText: null, requestOptions: new QueryRequestOptions { MaxItemCount = 7 });
        var items = await DrainAsync(iterator);
        Assert.Equal(120, items.Count);
        Assert.Equal(120, items.Select(i => i.Id).Distinct().Count());
    }

    [Fact]
    public async Task Pages_neither_lose_nor_repeat_while_others_write()
    {
        using var iterator = _container.GetItemQueryIterator<Item>("SELECT * FROM c ORDER BY c.number", requestOptions: new QueryRequestOptions { MaxItemCount = 5, PartitionKey = new PartitionKey("p5") });
        var seen = new List<int>();
        seen.AddRange((await iterator.ReadNextAsync()).Select(i => i.Number));
        await _container.UpsertItemAsync(new Item("early", "p5", -1, 0, null), new PartitionKey("p5"));
        await _container.DeleteItemAsync<Item>($"i{seen[0]:000}", new PartitionKey("p5"));
        seen.AddRange((await DrainAsync(iterator)).Select(i => i.Number));

        Assert.Equal(Enumerable.Range(0, PerPartition).Select(i => 5 + i * Partitions), seen);
    }

    /// <summary>Ranges answer in no order of their own.</summary>
    private static readonly IComparer<string> ByValue = Comparer<string>.Create((x, y) =>
        EventFunctions.Local.Cosmos.Query.SqlOrder.Compare(
            EventFunctions.Local.Cosmos.Query.SqlValue.Of(JsonElement.Parse(x)), EventFunctions.Local.Cosmos.Query.SqlValue.Of(JsonElement.Parse(y))));

    private Task<List<T>> ReadAsync<T>(string query, PartitionKey? key, int pageSize = -1) => ReadAsync<T>(new QueryDefinition(query), key, pageSize);

    private async Task<List<T>> ReadAsync<T>(QueryDefinition query, PartitionKey? key, int pageSize = -1)
    {
        using var iterator = _container.GetItemQueryIterator<T>(query, requestOptions: new QueryRequestOptions { MaxItemCount = pageSize, PartitionKey = key });
        return await DrainAsync(iterator);
    }

    private static async Task<List<T>> DrainAsync<T>(FeedIterator<T> iterator)
    {
        var all = new List<T>();
        while (iterator.HasMoreResults)
        {
            all.AddRange(await iterator.ReadNextAsync());
        }

        return all;
    }

    public sealed record Item(
        string Id,
        string Pk,
        int Number,
        int Bucket,
        [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Name);
}
