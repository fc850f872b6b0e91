using System.Globalization;
using System.Text;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store;
using EventFunctions.Local.Cosmos.Store.Indexes;
using FsCheck;
using FsCheck.Fluent;

namespace EventFunctions.Local.Cosmos.Tests.Query.Indexes;

/// <summary>An index narrows what a query looks at, and never what it answers.</summary>
public sealed class IndexProperties
{
    private const int Before = 100;
    private const int Ids = 160;

    private static readonly string Long = new('x', IndexKey.MostCharacters);

    private static readonly string?[] Values =
    [
        null, "null", "true", "false", "0", "-0.0", "1", "2.5", "-3", "1e308", "1e999", "\"\"", "\"a\"", "\"ab\"", "\"b\"", "\"é\"", "\"😀\"", "[]", "[1]", "{}", "{\"b\":1}",
        $"\"{Long}\"", $"\"{Long}a\"", $"\"{Long}b\"", $"\"{Long[1..]}\"",
    ];

    private static readonly string[] Keys = ["a", "b"];

    [Fact]
    public void With_and_without_an_index_a_query_answers_the_same_whatever_is_written_meanwhile() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => HoldsAsync(new Random(seed)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Entries_in_blocks_are_those_of_a_sorted_set() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var random = new Random(seed);
        var (entries, expected) = (new SortedEntries(), new SortedSet<IndexEntry>());
        entries.Load([.. Enumerable.Range(0, 700).Select(_ => Entry(random)).Where(expected.Add).Order()]);
        for (var i = 0; i < 3000; i++)
        {
            var entry = Entry(random);
            if (expected.Add(entry))
            {
                entries.Add(entry);
            }
            else if (expected.Remove(entry))
            {
                entries.Remove(entry);
            }
        }

        var (low, high) = (Entry(random), Entry(random));
        (low, high) = low <= high ? (low, high) : (high, low);
        return entries.Count == expected.Count
            && entries.CountBetween(low, high) == expected.Count(e => e >= low && e < high)
            && entries.Up(low).SequenceEqual(expected.Where(e => e >= low))
            && entries.Down(high).SequenceEqual(expected.Reverse().Where(e => e <= high));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static IndexEntry Entry(Random random) => new(IndexKey.Of((double)random.Next(40)), random.Next(60));

    private static async Task<bool> HoldsAsync(Random random)
    {
        var (indexed, scanned) = (IndexedStores.Create("{}"), IndexedStores.Create("""{"indexingMode":"none"}"""));
        for (var i = 0; i < Before; i++)
        {
            await WriteAsync(random, indexed, scanned);
        }

        for (var i = 0; i < 30; i++)
        {
            var text = Query(random);
            ItemScope scope = random.Next(2) == 0 ? new ItemScope.Range(0, null, null) : new ItemScope.Partition(PartitionKeyValue.Of(Keys[random.Next(Keys.Length)]));
            var pageSize = random.Next(1, 40);
            var (found, expected) = (await ReadAsync(indexed, text, scope, pageSize), await ReadAsync(scanned, text, scope, pageSize));
            if (!found.SequenceEqual(expected))
            {
                throw new InvalidOperationException($"{text} in pages of {pageSize} gave {string.Join(' ', found)} and not {string.Join(' ', expected)}");
            }

            await WriteAsync(random, indexed, scanned);
        }

        return true;
    }

    private static async Task WriteAsync(Random random, params ContainerStore[] stores)
    {
        var (id, pk) = (random.Next(Ids), Keys[random.Next(Keys.Length)]);
        var members = new[] { ("v", Value(random)), ("w", Value(random)), ("deep", random.Next(3) == 0 ? Value(random) : $$"""{"v":{{Value(random) ?? "1"}}}""") };
        var json = $$"""{"id":"{{id}}","pk":"{{pk}}"{{string.Concat(members.Where(m => m.Item2 is not null).Select(m => $",\"{m.Item1}\":{m.Item2}"))}}}""";
        ItemOperation operation = random.Next(5) == 0
            ? new ItemOperation.Delete($"{id}", IfMatch: null)
            : new ItemOperation.Upsert(new ItemDocument($"{id}", PartitionKeyValue.Of(pk), TimeToLive: null, Encoding.UTF8.GetBytes(json)), IfMatch: null);
        foreach (var store in stores)
        {
            await store.ExecuteAsync(PartitionKeyValue.Of(pk), operation, CancellationToken.None);
        }
    }

    private static string? Value(Random random) => Values[random.Next(Values.Length)];

    private static string Query(Random random)
    {
        var top = random.Next(4) == 0 ? string.Create(CultureInfo.InvariantCulture, $"TOP {random.Next(20)} ") : string.Empty;
        var where = random.Next(5) == 0 ? string.Empty : $" WHERE {Condition(random, depth: 2)}";
        string[] columns = [.. Enumerable.Range(0, random.Next(3)).Select(_ => $"{Path(random)} {(random.Next(2) == 0 ? "ASC" : "DESC")}")];
        return $"SELECT {top}* FROM c{where}{(columns.Length > 0 ? $" ORDER BY {string.Join(", ", columns)}" : string.Empty)}";
    }

    private static string Condition(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => $"{Path(random)} = {Literal(random)}",
        1 => $"{Literal(random)} {Operator(random)} {Path(random)}",
        2 => $"{Path(random)} {Operator(random)} {Literal(random)}",
        3 => $"{Path(random)} IN ({Literal(random)}, {Literal(random)}, {Literal(random)})",
        4 => $"{Path(random)} BETWEEN {Literal(random)} AND {Literal(random)}",
        5 => $"STARTSWITH({Path(random)}, {(random.Next(2) == 0 ? "'a'" : $"'{Long}'")})",
        6 => $"NOT ({Condition(random, depth - 1)})",
        _ => $"({Condition(random, depth - 1)} {(random.Next(2) == 0 ? "AND" : "OR")} {Condition(random, depth - 1)})",
    };

    private static string Operator(Random random) => new[] { "=", "<", "<=", ">", ">=", "!=" }[random.Next(6)];

    private static string Path(Random random) => new[] { "c.v", "c.w", "c.deep.v", "c.id", "c.pk" }[random.Next(5)];

    private static string Literal(Random random) => Value(random) is { } value and not "1e999" ? value : "undefined";

    private static async Task<List<string>> ReadAsync(ContainerStore store, string text, ItemScope scope, int pageSize)
    {
        var query = SqlParser.Parse(text, new Dictionary<string, SqlValue>(StringComparer.Ordinal));
        var ids = new List<string>();
        for (QueryPosition? at = QueryPosition.Start; at is not null;)
        {
            var page = await new QueryExecutor(query, store, scope, SqlTable.Run()).ReadPageAsync(at, resume: null, new QueryPageLimits(pageSize, 1_000_000), CancellationToken.None);
            ids.AddRange(page.Rows.Select(r => System.Text.Json.JsonElement.Parse(r.Span)).Select(r => $"{r.GetProperty("pk")}{r.GetProperty("id")}"));
            at = page.Next is { } next ? QueryPosition.Parse(next.ToText(), query) : null;
        }

        return ids;
    }
}
