using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store;

namespace EventFunctions.Local.Cosmos.Tests.Query.Indexes;

/// <summary>
/// A page of a filter and an order looks at the items it gives and one more, the last page like the first: what is looked for lies
/// together at one end of the order, so that whoever followed the order alone would look at all that is behind it.
/// </summary>
public sealed class OrderedPageTests(OrderedPageTests.Stores stores) : IClassFixture<OrderedPageTests.Stores>
{
    private const int Items = 2000, Rare = 200, PageSize = 20;

    private const string Policy = """
        {"compositeIndexes":[
            [{"path":"/kind","order":"ascending"},{"path":"/time","order":"descending"}],
            [{"path":"/hour","order":"ascending"},{"path":"/size","order":"descending"},{"path":"/time","order":"ascending"}]]}
        """;

    private static readonly Dictionary<string, SqlValue> NoParameters = new(StringComparer.Ordinal);

    private static readonly ItemScope Partition = new ItemScope.Partition(PartitionKeyValue.Of("a"));

    private static readonly string[] Keys = ["a", "b", "c", "d", "e"];

    [Theory]
    [InlineData("c.kind = 'rare' ORDER BY c.time", Rare)]
    [InlineData("c.kind = 'rare' ORDER BY c.time DESC", Rare)]
    [InlineData("c.kind = 'late' ORDER BY c.time", Rare)]
    [InlineData("c.kind = 'late' ORDER BY c.time DESC", Rare)]
    [InlineData("c.kind = 'rare' AND c.even = true ORDER BY c.time", Rare / 2)]
    [InlineData("true = c.even AND 'late' = c.kind ORDER BY c.time DESC", Rare / 2)]
    [InlineData("c.kind IN ('rare', 'late', 'none') ORDER BY c.time", 2 * Rare)]
    [InlineData("(c.kind = 'rare' OR c.kind = 'late') AND c.even IN (true, false) ORDER BY c.time DESC", 2 * Rare)]
    [InlineData("c.kind = 'rare' AND c.time BETWEEN 't0050' AND 't0149' ORDER BY c.time DESC", 100)]
    [InlineData("c.kind = 'usual' AND c.time IN ('t0300', 't0301', 't0900', 't1999') ORDER BY c.time", 3)]
    [InlineData("c.kind = 'rare' ORDER BY c.kind, c.time DESC", Rare)]
    [InlineData("c.kind = 'late' AND c.time >= 't1901' ORDER BY c.kind DESC, c.time", 99)]
    [InlineData("c.even = true AND c.kind < 's' ORDER BY c.kind, c.time DESC", Rare)]
    [InlineData("c.kind = 'rare' ORDER BY c.hour, c.size DESC, c.time", Rare)]
    [InlineData("c.kind IN ('rare', 'late') AND c.hour >= 2 ORDER BY c.hour DESC, c.size, c.time DESC", 320)]
    [InlineData("c.kind = 'rare' AND c.kind = 'late' ORDER BY c.time", 0)]
    [InlineData("c.even = true AND c.time = 't0001' AND c.time = 't0002' ORDER BY c.time", 0)]
    public async Task Every_page_looks_at_what_it_gives(string query, int expected)
    {
        foreach (var scope in new[] { Partition, new ItemScope.Range(0, null, null) })
        {
            var pages = await ReadAsync(stores.Indexed, $"SELECT * FROM c WHERE {query}", scope);
            Assert.Equal(expected, pages.Sum(p => p.Ids.Count));
            Assert.All(pages, p => Assert.InRange(p.Read, p.Ids.Count, p.Ids.Count + 1));
            Assert.Equal((await ReadAsync(stores.Scanned, $"SELECT * FROM c WHERE {query}", scope, Items)).SelectMany(p => p.Ids), pages.SelectMany(p => p.Ids));
        }
    }

    [Theory]
    [InlineData("ASC")]
    [InlineData("DESC")]
    public async Task Values_of_all_types_and_none_have_their_places(string direction)
    {
        string?[] values = [null, "null", "false", "true", "-1", "1e300", "\"\"", "\"a\"", $"\"{new string('x', 80)}a\"", $"\"{new string('x', 80)}b\"", "[1]", "[2]", "{}", "{\"b\":1}"];
        var (indexed, scanned) = (IndexedStores.Create("{}"), IndexedStores.Create("""{"indexingMode":"none"}"""));
        for (var i = 0; i < 40 * values.Length; i++)
        {
            var value = values[i % values.Length];
            var json = $$"""{"id":"{{i}}","pk":"a","kind":"{{(i % 8 < 2 ? "some" : "others")}}"{{(value is null ? string.Empty : $",\"value\":{value}")}}}""";
            await WriteAsync(indexed, "a", $"{i}", json);
            await WriteAsync(scanned, "a", $"{i}", json);
        }

        var query = $"SELECT * FROM c WHERE c.kind = 'some' ORDER BY c[\"value\"] {direction}";
        var pages = await ReadAsync(indexed, query, Partition);
        Assert.Equal(10 * values.Length, pages.Sum(p => p.Ids.Count));
        Assert.Equal((await ReadAsync(scanned, query, Partition, Items)).SelectMany(p => p.Ids), pages.SelectMany(p => p.Ids));

        // Of what an index knows no more than the type, or the beginning, all have to be looked at to be sorted.
        Assert.All(pages, p => Assert.InRange(p.Read, p.Ids.Count, p.Ids.Count + 60));
    }

    [Theory]
    [InlineData("ASC")]
    [InlineData("DESC")]
    public async Task What_is_written_between_pages_moves_nothing_else(string direction)
    {
        var store = await FillAsync(Policy);
        var query = SqlParser.Parse($"SELECT * FROM c WHERE c.kind = 'rare' AND c.even = true ORDER BY c.time {direction}", NoParameters);
        var given = new List<string>();
        for (var (at, page) = ((QueryPosition?)QueryPosition.Start, 0); at is not null; page++)
        {
            var read = await ReadPageAsync(store, query, Partition, at, resume: null);
            Assert.InRange(read.ItemsRead, read.Rows.Count, read.Rows.Count + 1);
            given.AddRange(read.Rows.Select(IdOf));
            at = read.Next;

            // Where the page has ended and beyond: one that was given is removed, one of either side comes to match or no longer does, and new ones come.
            await store.ExecuteAsync(PartitionKeyValue.Of("a"), new ItemOperation.Delete(given[^1], IfMatch: null), CancellationToken.None);
            await WriteAsync(store, "a", "101", Item("101", "a", 101, kind: "rare", even: page % 2 == 0));
            await WriteAsync(store, "a", "150", Item("150", "a", 150, kind: page % 2 == 0 ? "usual" : "rare"));
            await WriteAsync(store, "a", "50", Item("50", "a", 50, kind: page % 2 == 0 ? "usual" : "rare"));
            await WriteAsync(store, "a", $"new {page}", Item($"new {page}", "a", 100 + page, kind: "rare", even: false));
        }

        Assert.Equal(given.Distinct(), given);
        var steady = Enumerable.Range(0, Rare).Where(i => i % 2 == 0 && i is not (50 or 150)).Select(i => $"{i}").ToList();
        Assert.Equal(direction == "ASC" ? steady : steady.AsEnumerable().Reverse(), given.Where(steady.Contains));
    }

    [Fact]
    public async Task Each_of_several_key_ranges_is_read_as_far_as_it_is_asked_for()
    {
        var store = await FillAsync(Policy, ranges: 4, Keys);
        var found = new List<string>();
        for (var range = 0; range < 4; range++)
        {
            var pages = await ReadAsync(store, "SELECT c.id, c.pk FROM c WHERE c.kind = 'rare' AND c.even = false ORDER BY c.time", new ItemScope.Range(range, null, null));
            Assert.All(pages, p => Assert.InRange(p.Read, p.Ids.Count, p.Ids.Count + 1));
            found.AddRange(pages.SelectMany(p => p.Ids));
        }

        Assert.Equal(Keys.Length * Rare / 2, found.Count);
        Assert.Equal(Enumerable.Range(0, Rare).Where(i => i % 2 == 1).SelectMany(i => Keys.Select(_ => $"{i}")).Order(), found.Order());
    }

    /// <summary>A client that merges ranges says where it goes on by the last row's values and its item.</summary>
    [Theory]
    [InlineData("c.hour, c.size DESC, c.time")]
    [InlineData("c.time")]
    [InlineData("c.size DESC")]
    public async Task Resuming_at_an_item_looks_at_nothing_before_it(string order)
    {
        var query = SqlParser.Parse($"SELECT * FROM c WHERE c.kind = 'rare' ORDER BY {order}", NoParameters);
        var (found, resume) = (new List<string>(), (ResumeFilter?)null);
        while (true)
        {
            var page = await ReadPageAsync(stores.Indexed, query, Partition, QueryPosition.Start, resume);
            Assert.InRange(page.ItemsRead, page.Rows.Count, page.Rows.Count + 1);

            // The row it resumes at is given again.
            found.AddRange(page.Rows.Select(IdOf).Skip(resume is null ? 0 : 1));
            if (page.Next is not { } next)
            {
                break;
            }

            resume = new ResumeFilter(next.SortValues, next.Number, Exclude: false);
        }

        Assert.Equal((await ReadAsync(stores.Indexed, $"SELECT * FROM c WHERE c.kind = 'rare' ORDER BY {order}", Partition)).SelectMany(p => p.Ids), found);
    }

    [Fact]
    public async Task A_filter_that_the_order_cannot_take_in_is_weighed_against_it()
    {
        // Of this size there are 20 items, of which 16 are usual; by the order all usual ones would be looked at.
        var narrow = await ReadAsync(stores.Indexed, "SELECT * FROM c WHERE c.kind = 'usual' AND c.size >= 99 ORDER BY c.time", Partition);
        Assert.Equal([16], narrow.Select(p => p.Ids.Count));
        Assert.All(narrow, p => Assert.InRange(p.Read, 16, 20));

        // Most are not so large: the order is followed until a page is full.
        var wide = await ReadAsync(stores.Indexed, "SELECT TOP 20 * FROM c WHERE c.kind = 'usual' AND c.size < 80 ORDER BY c.time", Partition);
        Assert.Equal([20], wide.Select(p => p.Ids.Count));
        Assert.All(wide, p => Assert.InRange(p.Read, 20, 50));
    }

    [Fact]
    public async Task More_kinds_of_queries_than_there_are_indexes_are_answered_all_the_same()
    {
        var store = await FillAsync(Policy);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal([0], (await ReadAsync(store, $"SELECT * FROM c WHERE c.path{i} = 1 ORDER BY c.time", Partition)).Select(p => p.Ids.Count));
        }

        // By the order alone, which begins with them.
        var first = await ReadAsync(store, "SELECT TOP 10 * FROM c WHERE c.kind = 'rare' ORDER BY c.time", Partition);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), Assert.Single(first).Ids);
        Assert.InRange(first[0].Read, 10, 11);
        var last = await ReadAsync(store, "SELECT * FROM c WHERE c.kind = 'late' ORDER BY c.hour, c.size DESC, c.time", Partition, Rare);
        Assert.Equal((await ReadAsync(stores.Scanned, "SELECT * FROM c WHERE c.kind = 'late' ORDER BY c.hour, c.size DESC, c.time", Partition, Rare)).SelectMany(p => p.Ids), last.SelectMany(p => p.Ids));

        // Those of one path are counted apart.
        Assert.Equal(1, Assert.Single(await ReadAsync(store, "SELECT * FROM c WHERE c.time = 't0700'", Partition)).Read);
    }

    private static async Task<ContainerStore> FillAsync(string policy, int ranges = 1, params string[] keys)
    {
        var store = IndexedStores.Create(policy, ranges);
        foreach (var key in keys.DefaultIfEmpty("a"))
        {
            for (var i = 0; i < Items; i++)
            {
                await WriteAsync(store, key, $"{i}", Item($"{i}", key, i, i < Rare ? "rare" : i >= Items - Rare ? "late" : "usual"));
            }
        }

        return store;
    }

    private static string Item(string id, string key, int number, string kind, bool? even = null) =>
        $$"""{"id":"{{id}}","pk":"{{key}}","kind":"{{kind}}","time":"t{{number:0000}}","even":{{(even ?? number % 2 == 0 ? "true" : "false")}},"hour":{{number % 10}},"size":{{number * 7 % 100}}}""";

    private static async Task WriteAsync(ContainerStore store, string key, string id, string json)
    {
        var document = new ItemDocument(id, PartitionKeyValue.Of(key), TimeToLive: null, Encoding.UTF8.GetBytes(json));
        await store.ExecuteAsync(document.PartitionKey, new ItemOperation.Upsert(document, IfMatch: null), CancellationToken.None);
    }

    private static async Task<List<(IReadOnlyList<string> Ids, int Read)>> ReadAsync(ContainerStore store, string text, ItemScope scope, int pageSize = PageSize)
    {
        var query = SqlParser.Parse(text, NoParameters);
        var pages = new List<(IReadOnlyList<string>, int)>();
        for (QueryPosition? at = QueryPosition.Start; at is not null;)
        {
            var page = await ReadPageAsync(store, query, scope, at, resume: null, pageSize);
            pages.Add(([.. page.Rows.Select(IdOf)], page.ItemsRead));
            at = page.Next is { } next ? QueryPosition.Parse(next.ToText(), query) : null;
        }

        return pages;
    }

    private static Task<QueryPage> ReadPageAsync(
        ContainerStore store, SqlQuery query, ItemScope scope, QueryPosition at, ResumeFilter? resume, int pageSize = PageSize) =>
        new QueryExecutor(query, store, scope, SqlTable.Run()).ReadPageAsync(at, resume, new QueryPageLimits(pageSize, 1_000_000), CancellationToken.None);

    private static string IdOf(ReadOnlyMemory<byte> row) => JsonElement.Parse(row.Span).GetProperty("id").GetString()!;

    /// <summary>The same items twice, once without any index, for tests that change nothing.</summary>
    public sealed class Stores : IAsyncLifetime
    {
        internal ContainerStore Indexed { get; private set; } = null!;

        internal ContainerStore Scanned { get; private set; } = null!;

        public async Task InitializeAsync() => (Indexed, Scanned) = (await FillAsync(Policy), await FillAsync("""{"indexingMode":"none"}"""));

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
