using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Wire;

namespace EventFunctions.Local.Cosmos.Tests.Query.Indexes;

/// <summary>How many items a query looks at: with an index no more than its answer needs, of 10,000 in the partition.</summary>
public sealed class IndexUseTests(IndexUseTests.Stores stores) : IClassFixture<IndexUseTests.Stores>
{
    private const int Items = 10_000;

    [Theory]
    [InlineData("c.name = 'name 77'", 1, 1)]
    [InlineData("c.id = '4711'", 1, 1)]
    [InlineData("c.id IN ('1', '9999', 'none')", 2, 2)]
    [InlineData("c.number = 4711", 1, 1)]
    [InlineData("c.number >= 100 AND c.number < 120", 20, 21)]
    [InlineData("c.number BETWEEN 9990 AND 20000", 10, 10)]
    [InlineData("c.number > 9997", 2, 3)]
    [InlineData("c.name IN ('name 1', 'name 2', 'name 3', 4)", 3, 3)]
    [InlineData("c.name >= 'name 9998'", 2, 2)]
    [InlineData("STARTSWITH(c.name, 'name 999')", 11, 11)]
    [InlineData("c.rare = true", 10, 10)]
    [InlineData("c.rare = null", 10, 10)]
    [InlineData("c.deep.number = 5", 1, 1)]
    [InlineData("c.number >= 100 AND c.number < 120 AND CONTAINS(c.name, '7')", 2, 21)]
    [InlineData("c.color = 'red' AND c.number = 40", 1, 1)]
    [InlineData("c.number = 1 OR c.number = 2", 2, 2)]
    [InlineData("c.number = 7 AND c.number = 8", 0, 0)]
    [InlineData("c.mixed = 1", 1, 1)]
    [InlineData("c.mixed = '1'", 1, 1)]
    [InlineData("c.color = 'red'", 2500, 2500)]
    public async Task What_is_looked_at_is_what_matches(string where, int found, int most)
    {
        foreach (var scope in Stores.Scopes)
        {
            var page = await stores.RunAsync(stores.Indexed, $"SELECT * FROM c WHERE {where}", scope);
            Assert.Equal(found, page.Rows.Count);
            Assert.InRange(page.ItemsRead, found, most);
            Assert.Equal(found, (await stores.RunAsync(stores.NotIndexed, $"SELECT * FROM c WHERE {where}", scope)).Rows.Count);
        }
    }

    [Theory]
    [InlineData("c.name != 'name 77'")]
    [InlineData("UPPER(c.name) = 'NAME 77'")]
    [InlineData("c.secret = 5")]
    [InlineData("NOT c.number = 5")]
    [InlineData("c.number = 5 OR c.secret = 5")]
    public async Task What_no_index_serves_is_looked_for_in_all_items_and_charged_so(string where)
    {
        var page = await stores.RunAsync(stores.Indexed, $"SELECT VALUE c.id FROM c WHERE {where}", Stores.Partition);
        Assert.Equal(Items, page.ItemsRead);
        Assert.True(RequestCharges.Query(page.ItemsRead, page.BytesRead, bytesReturned: 100) > 300);
    }

    [Theory]
    [InlineData("SELECT TOP 5 * FROM c ORDER BY c.number", "0,1,2,3,4", 6)]
    [InlineData("SELECT TOP 5 * FROM c ORDER BY c.number DESC", "9999,9998,9997,9996,9995", 6)]
    [InlineData("SELECT TOP 3 * FROM c WHERE c.number >= 500 ORDER BY c.number", "500,501,502", 4)]
    [InlineData("SELECT TOP 3 * FROM c WHERE c.number < 500 ORDER BY c.number DESC", "499,498,497", 5)]
    [InlineData("SELECT TOP 3 * FROM c WHERE c.number > 500 AND CONTAINS(c.name, '00') ORDER BY c.number", "600,700,800", 301)]
    [InlineData("SELECT TOP 3 * FROM c WHERE c.name = 'name 8' ORDER BY c.number", "8", 1)]
    [InlineData("SELECT * FROM c ORDER BY c.number OFFSET 10 LIMIT 2", "10,11", 13)]
    [InlineData("SELECT TOP 2 * FROM c ORDER BY c.rare DESC", "9990,8990", 11)]
    [InlineData("SELECT TOP 2 * FROM c WHERE c.color = 'red' ORDER BY c.number DESC", "9996,9992", 9)]
    public async Task An_order_by_an_index_is_read_as_far_as_it_is_asked_for(string query, string numbers, int most)
    {
        var page = await stores.RunAsync(stores.Indexed, query, Stores.Partition);
        Assert.Equal(numbers, string.Join(',', page.Rows.Select(NumberOf)));
        Assert.InRange(page.ItemsRead, page.Rows.Count, most);
        Assert.Equal(numbers, string.Join(',', (await stores.RunAsync(stores.NotIndexed, query, Stores.Partition)).Rows.Select(NumberOf)));
    }

    [Fact]
    public async Task A_page_of_an_order_begins_where_the_one_before_has_ended()
    {
        var query = SqlParser.Parse("SELECT * FROM c ORDER BY c.number", new Dictionary<string, SqlValue>(StringComparer.Ordinal));
        var (position, numbers) = (QueryPosition.Start, new List<int>());
        for (var i = 0; i < 20; i++)
        {
            var page = await new QueryExecutor(query, stores.Indexed, Stores.Partition, SqlTable.Run()).ReadPageAsync(position, resume: null, new QueryPageLimits(50, 1_000_000), CancellationToken.None);
            Assert.InRange(page.ItemsRead, 50, 52);
            numbers.AddRange(page.Rows.Select(NumberOf));
            position = page.Next!;
        }

        Assert.Equal(Enumerable.Range(0, 1000), numbers);
    }

    private static int NumberOf(ReadOnlyMemory<byte> row) => JsonElement.Parse(row.Span).GetProperty("number").GetInt32();

    /// <summary>The same 10,000 items twice, once without any index. One partition has all of them, so its key range has them, too.</summary>
    public sealed class Stores : IAsyncLifetime
    {
        private static readonly PartitionKeyValue Key = PartitionKeyValue.Of("a");

        internal static readonly ItemScope Partition = new ItemScope.Partition(Key);

        internal static readonly ItemScope[] Scopes = [Partition, new ItemScope.Range(0, null, null)];

        internal ContainerStore Indexed { get; } = IndexedStores.Create("""{"excludedPaths":[{"path":"/secret/?"}]}""");

        internal ContainerStore NotIndexed { get; } = IndexedStores.Create("""{"indexingMode":"none"}""");

        public async Task InitializeAsync()
        {
            for (var i = 0; i < Items; i++)
            {
                var color = (i % 4) switch { 0 => "red", 1 => "green", 2 => "blue", _ => "grey" };
                var rare = (i % 1000) switch { 10 => ",\"rare\":true", 20 => ",\"rare\":null", 990 => ",\"rare\":[1]", _ => string.Empty };
                var mixed = i switch { 1 => "1", 2 => "\"1\"", 3 => "[1]", 4 => "{}", 5 => "true", _ => "null" };
                var json = $$"""{"id":"{{i}}","pk":"a","name":"name {{i}}","number":{{i}},"deep":{"number":{{i}}},"secret":{{i}},"color":"{{color}}","mixed":{{mixed}}{{rare}}}""";
                var create = new ItemOperation.Create(new ItemDocument($"{i}", Key, TimeToLive: null, Encoding.UTF8.GetBytes(json)));
                await Indexed.ExecuteAsync(Key, create, CancellationToken.None);
                await NotIndexed.ExecuteAsync(Key, create, CancellationToken.None);
            }
        }

        public Task DisposeAsync() => Task.CompletedTask;

        internal Task<QueryPage> RunAsync(ContainerStore store, string text, ItemScope scope) =>
            new QueryExecutor(SqlParser.Parse(text, new Dictionary<string, SqlValue>(StringComparer.Ordinal)), store, scope, SqlTable.Run())
                .ReadPageAsync(QueryPosition.Start, resume: null, new QueryPageLimits(Items, 100_000_000), CancellationToken.None);
    }
}
