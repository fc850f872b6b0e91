using System.Globalization;
using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.Cosmos.Tests.Query;

/// <summary>A window narrows what a query looks at, and never what it answers.</summary>
public sealed class WindowOfNumbersTests
{
    private const int Items = 600;
    private static readonly PartitionKeyValue Key = PartitionKeyValue.Of("a");

    [Theory]
    [InlineData("c.n >= 3 AND c.n < 7", "n", 3.0, 7.0)]
    [InlineData("c.kind = 'event' AND 3 < c.n AND (7 >= c.n AND c.n <= 9)", "n", 3.0, 7.0)]
    [InlineData("c.n BETWEEN 3 AND 7 AND c.n > 5", "n", 5.0, 7.0)]
    [InlineData("c.n = 4", "n", 4.0, 4.0)]
    [InlineData("c.m > 1 AND c[\"n\"] > @low AND c.n < 7", "n", 2.5, 7.0)]
    public void A_window_is_found_where_every_item_that_passes_must_lie_in_it(string where, string member, double low, double high) =>
        Assert.Equal(new NumberWindow(member, low, high), WindowOfNumbers.Of(Parse($"SELECT * FROM c WHERE {where}")));

    [Theory]
    [InlineData("c.n >= 3")]
    [InlineData("c.n >= 3 OR c.n < 7")]
    [InlineData("NOT (c.n >= 3 AND c.n < 7)")]
    [InlineData("c.deep.n >= 3 AND c.deep.n < 7")]
    [InlineData("c.n >= '3' AND c.n < '7'")]
    [InlineData("c.n + 1 >= 3 AND c.n + 1 < 7")]
    [InlineData("c.n != 3 AND c.m < 7")]
    [InlineData("c.n >= c.m AND c.n < 7")]
    [InlineData("EXISTS(SELECT VALUE t FROM t IN c.tags WHERE t.n >= 3 AND t.n < 7)")]
    public void Elsewhere_none_is_found(string where) => Assert.Null(WindowOfNumbers.Of(Parse($"SELECT * FROM c WHERE {where}")));

    [Theory]
    [InlineData("SELECT * FROM x IN c.items WHERE x.n >= 3 AND x.n < 7")]
    [InlineData("SELECT VALUE x FROM c JOIN x IN c.items WHERE x.n >= 3 AND x.n < 7")]
    [InlineData("SELECT VALUE x FROM c.deep x WHERE x.n >= 3 AND x.n < 7")]
    public void What_is_bound_to_a_part_of_an_item_says_nothing_of_the_item(string query) => Assert.Null(WindowOfNumbers.Of(Parse(query)));

    [Fact]
    public async Task A_window_of_a_long_partition_is_read_without_looking_at_the_rest()
    {
        var store = await FillAsync();

        var page = await RunAsync(store, "SELECT * FROM c WHERE c.n >= 100 AND c.n < 120");
        var narrow = await RunAsync(store, "SELECT * FROM c WHERE c.n = 7");
        var empty = await RunAsync(store, "SELECT * FROM c WHERE c.n >= 7 AND c.n < 3");

        Assert.Equal((20, true), (page.Rows.Count, page.ItemsRead <= 21));
        Assert.Equal((1, 1), (narrow.Rows.Count, narrow.ItemsRead));
        Assert.Equal((0, 0), (empty.Rows.Count, empty.ItemsRead));
    }

    [Fact]
    public void It_answers_what_looking_at_everything_would_whatever_is_written_meanwhile() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), steps => HoldsAsync(steps).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    /// <summary>Each step writes, replaces or removes an item, whose member is a number, a text or not there; then a window is read both ways.</summary>
    private static async Task<bool> HoldsAsync(int[] steps)
    {
        var store = await FillAsync();
        var holds = true;
        foreach (var step in steps)
        {
            var which = Math.Abs((long)step) % (Items + 50);
            ItemOperation operation = (step % 4) switch
            {
                0 => new ItemOperation.Delete(Id(which), IfMatch: null),
                1 => new ItemOperation.Upsert(Document(which, "\"text\""), IfMatch: null),
                2 => new ItemOperation.Upsert(Document(which, "null"), IfMatch: null),
                _ => new ItemOperation.Upsert(Document(which, (step % 97).ToString(CultureInfo.InvariantCulture)), IfMatch: null),
            };
            await store.ExecuteAsync(Key, operation, CancellationToken.None);
            var (low, high) = ((step % 100) - 3, (step % 100) + 40);
            var indexed = await RunAsync(store, $"SELECT * FROM c WHERE c.n >= {low} AND c.n < {high}");

            // An expression is no member, so everything is looked at.
            var scanned = await RunAsync(store, $"SELECT * FROM c WHERE c.n + 0 >= {low} AND c.n + 0 < {high}");
            holds &= indexed.Rows.Select(r => Encoding.UTF8.GetString(r.Span)).SequenceEqual(scanned.Rows.Select(r => Encoding.UTF8.GetString(r.Span)));
        }

        return holds;
    }

    private static async Task<ContainerStore> FillAsync()
    {
        var definition = new ContainerDefinition("c", PartitionKeyPath.TryParse("/pk")!, null, new Dictionary<string, JsonElement>(StringComparer.Ordinal));
        var store = new ContainerStore(new ContainerState(new ContainerRid(1, 1), definition, new KeyRangeMap(1), 0), new VolatileLog(), new ManualTimeProvider());
        for (var i = 0; i < Items; i++)
        {
            await store.ExecuteAsync(Key, new ItemOperation.Create(Document(i, i.ToString(CultureInfo.InvariantCulture))), CancellationToken.None);
        }

        return store;
    }

    private static string Id(long which) => which.ToString(CultureInfo.InvariantCulture);

    private static ItemDocument Document(long which, string n) =>
        new(Id(which), Key, TimeToLive: null, Encoding.UTF8.GetBytes($$"""{"id":"{{which}}","pk":"a","n":{{n}}}"""));

    private static SqlQuery Parse(string text) =>
        SqlParser.Parse(text, new Dictionary<string, SqlValue>(StringComparer.Ordinal) { ["@low"] = SqlValue.Of(2.5) });

    private static Task<QueryPage> RunAsync(ContainerStore store, string text) => new QueryExecutor(Parse(text), store, new ItemScope.Partition(Key), SqlTable.Run())
        .ReadPageAsync(QueryPosition.Start, resume: null, new QueryPageLimits(1000, 1_000_000), CancellationToken.None);
}
