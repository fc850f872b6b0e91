using System.Text;
using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Tests.Support;

namespace EventFunctions.Local.Cosmos.Tests.Query;

/// <summary>Runs a query over items in process and compares what it gives with what it should: JSON, an object's members in any order.</summary>
internal static class SqlTable
{
    /// <summary>How many rows the FROM clauses of a run may make.</summary>
    public const long MostRows = 100_000;

    private static readonly PartitionKeyValue Key = PartitionKeyValue.Of("a");
    private static readonly Dictionary<string, SqlValue> NoParameters = new(StringComparer.Ordinal);

    /// <summary>The value of an expression over one item: <c>undefined</c> where it has none.</summary>
    public static void AssertValue(string expression, string expected, string item = "{}")
    {
        var query = SqlParser.Parse($"SELECT VALUE [{expression}]\nFROM c", NoParameters);
        var document = SqlValue.Of(JsonElement.Parse(item));
        var evaluator = new SqlEvaluator(Run());
        var value = evaluator.Select(query.Select, SqlBindings.At(document).With("c", document));
        AssertSame(expected == "undefined" ? "[]" : $"[{expected}]", SqlValueWriter.ToText(value), expression);
    }

    /// <summary>What a query gives over items of one partition, as a JSON array.</summary>
    /// <param name="items">A JSON array of objects.</param>
    /// <param name="query">The query.</param>
    /// <param name="expected">A JSON array.</param>
    /// <param name="parameters">A JSON object.</param>
    /// <param name="pageSize">How many rows a page takes; the pages together are compared.</param>
    public static async Task AssertRowsAsync(string items, string query, string expected, string parameters = "{}", int pageSize = 1000)
    {
        var rows = await RowsAsync(await FillAsync(items), query, parameters, pageSize);
        AssertSame(expected, $"[{string.Join(',', rows)}]", query);
    }

    public static async Task<IReadOnlyList<string>> RowsAsync(ContainerStore store, string query, string parameters = "{}", int pageSize = 1000)
    {
        var given = JsonElement.Parse(parameters).EnumerateObject().ToDictionary(p => p.Name, p => SqlValue.Of(p.Value), StringComparer.Ordinal);
        var parsed = SqlParser.Parse(query, given);
        var rows = new List<string>();
        QueryPosition? at = QueryPosition.Start;
        while (at is not null)
        {
            var page = await new QueryExecutor(parsed, store, new ItemScope.Partition(Key), Run())
                .ReadPageAsync(at, resume: null, new QueryPageLimits(pageSize, 1_000_000), CancellationToken.None);
            rows.AddRange(page.Rows.Select(r => Encoding.UTF8.GetString(r.Span)));
            at = page.Next is { } next ? QueryPosition.Parse(next.ToText(), parsed) : null;
        }

        return rows;
    }

    public static async Task<ContainerStore> FillAsync(string items)
    {
        var definition = new ContainerDefinition("c", PartitionKeyPath.TryParse("/pk")!, null, new Dictionary<string, JsonElement>(StringComparer.Ordinal));
        var store = new ContainerStore(new ContainerState(new ContainerRid(1, 1), definition, new KeyRangeMap(1), 0), new VolatileLog(), new ManualTimeProvider());
        var number = 0;
        foreach (var item in JsonElement.Parse(items).EnumerateArray())
        {
            var id = item.TryGetProperty("id", out var own) ? own.GetString()! : $"{++number}";
            var document = new ItemDocument(id, Key, TimeToLive: null, Encoding.UTF8.GetBytes(item.GetRawText()));
            await store.ExecuteAsync(Key, new ItemOperation.Create(document), CancellationToken.None);
        }

        return store;
    }

    public static void AssertSame(string expected, string actual, string what) =>
        Assert.True(
            SqlCanonicalText.Of(SqlValue.Of(JsonElement.Parse(expected))) == SqlCanonicalText.Of(SqlValue.Of(JsonElement.Parse(actual))),
            $"{what}{Environment.NewLine}expected {expected}{Environment.NewLine}but was  {actual}");

    /// <summary>A run at a fixed time and with a fixed seed.</summary>
    public static SqlRun Run() => new(new DateTimeOffset(2026, 3, 1, 12, 30, 15, 250, TimeSpan.Zero), new Random(1), MostRows, CancellationToken.None);
}
