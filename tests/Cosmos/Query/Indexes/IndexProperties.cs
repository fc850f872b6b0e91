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

    private static readonly string[] Paths = ["v", "w", "deep.v", "id", "pk"];

    /// <summary>Everything, and a composite index for every order of two or three of the first paths.</summary>
    private static readonly string Policy = $$"""{"compositeIndexes":[{{string.Join(',', Orders(2).Concat(Orders(3)).Select(o => $"[{string.Join(',', o)}]"))}}]}""";

    [Fact]
    public void With_and_without_an_index_a_query_answers_the_same_whatever_is_written_meanwhile() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => HoldsAsync(new Random(seed)).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Entries_in_blocks_are_those_of_a_sorted_set() => Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
    {
        var random = new Random(seed);
        var columns = new IndexColumns([.. Enumerable.Range(0, random.Next(1, 4)).Select(i => new IndexColumn(new IndexPath([$"{i}"]), random.Next(2) == 0))]);
        var (entries, expected) = (new SortedEntries(columns), new SortedSet<IndexEntry>(columns));
        entries.Load([.. Enumerable.Range(0, 700).Select(_ => Entry(random, columns)).Where(expected.Add).Order(columns)]);
        for (var i = 0; i < 3000; i++)
        {
            var entry = Entry(random, columns);
            if (expected.Add(entry))
            {
                entries.Add(entry);
            }
            else if (expected.Remove(entry))
            {
                entries.Remove(entry);
            }
        }

        var (low, high) = (Entry(random, columns), Entry(random, columns));
        (low, high) = columns.Compare(low, high) <= 0 ? (low, high) : (high, low);
        return entries.Count == expected.Count
            && entries.CountBetween(low, high) == expected.Count(e => columns.Compare(e, low) >= 0 && columns.Compare(e, high) < 0)
            && AreSame(entries.Up(low), expected.Where(e => columns.Compare(e, low) >= 0))
            && AreSame(entries.Down(high), expected.Reverse().Where(e => columns.Compare(e, high) <= 0));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    private static IndexEntry Entry(Random random, IndexColumns columns) =>
        IndexEntry.Of([.. columns.All.Select(_ => IndexKey.Of((double)random.Next(40 / columns.All.Count)))], random.Next(60));

    private static bool AreSame(IEnumerable<IndexEntry> found, IEnumerable<IndexEntry> expected) =>
        found.Select(e => (string.Join(',', e.Keys), e.Number)).SequenceEqual(expected.Select(e => (string.Join(',', e.Keys), e.Number)));

    private static async Task<bool> HoldsAsync(Random random)
    {
        var (indexed, scanned) = (IndexedStores.Create(Policy), IndexedStores.Create("""{"indexingMode":"none"}"""));
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
        var where = random.Next(5) switch
        {
            0 => string.Empty,
            1 => $" WHERE {Equality(random)} AND {Condition(random, depth: 1)}",
            2 => $" WHERE {Equality(random)} AND {Equality(random)}",
            _ => $" WHERE {Condition(random, depth: 2)}",
        };
        string[] columns = [.. Enumerable.Range(0, random.Next(4)).Select(_ => $"{Path(random)} {(random.Next(2) == 0 ? "ASC" : "DESC")}")];
        return $"SELECT {top}* FROM c{where}{(columns.Length > 0 ? $" ORDER BY {string.Join(", ", columns)}" : string.Empty)}";
    }

    private static string Equality(Random random) => Condition(random, depth: 0, kinds: 2);

    private static string Condition(Random random, int depth, int? kinds = null) => random.Next(kinds ?? (depth > 0 ? 9 : 6)) switch
    {
        0 => $"{Path(random)} = {Literal(random)}",
        1 => $"{Path(random)} IN ({Literal(random)}, {Literal(random)}, {Literal(random)})",
        2 => $"{Literal(random)} {Operator(random)} {Path(random)}",
        3 => $"{Path(random)} {Operator(random)} {Literal(random)}",
        4 => $"{Path(random)} BETWEEN {Literal(random)} AND {Literal(random)}",
        5 => $"STARTSWITH({Path(random)}, {(random.Next(2) == 0 ? "'a'" : $"'{Long}'")})",
        6 => $"NOT ({Condition(random, depth - 1)})",
        _ => $"({Condition(random, depth - 1)} {(random.Next(2) == 0 ? "AND" : "OR")} {Condition(random, depth - 1)})",
    };

    private static string Operator(Random random) => new[] { "=", "<", "<=", ">", ">=", "!=" }[random.Next(6)];

    private static string Path(Random random) => $"c.{Paths[random.Next(Paths.Length)]}";

    private static IEnumerable<string[]> Orders(int columns) => columns == 0
        ? [[]]
        : from order in Orders(columns - 1)
          from path in Paths.Take(3).Select(p => $"\"path\":\"/{p.Replace('.', '/')}\"")
          where !order.Any(c => c.Contains(path, StringComparison.Ordinal))
          from direction in columns == 1 ? ["ascending"] : new[] { "ascending", "descending" }
          select (string[])[.. order, $$"""{{{path}},"order":"{{direction}}"}"""];

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
