using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;
using EventFunctions.Local.Cosmos.Store.Indexes;

namespace EventFunctions.Local.Cosmos.Tests.Query.Cases;

/// <summary>Expected values: learn.microsoft.com/azure/cosmos-db/index-policy, "Include/exclude precedence" and "ORDER BY queries on multiple properties".</summary>
public sealed class IndexCases
{
    private const string Policy =
        """
        {"indexingMode":"consistent","includedPaths":[{"path":"/*"},{"path":"/deep/low/?"}],"excludedPaths":[{"path":"/deep/*"},{"path":"/\"odd name\"/?"},{"path":"/list/[]/?"}],
         "compositeIndexes":[[{"path":"/name","order":"ascending"},{"path":"/age","order":"descending"}],[{"path":"/at/city"},{"path":"/id"},{"path":"/_ts"}]]}
        """;

    [Theory]
    [InlineData("c.name", true)]
    [InlineData("c.deep", false)]
    [InlineData("c.deep.out", false)]
    [InlineData("c.deep.low", true)]
    [InlineData("c.deep.low.more", false)]
    [InlineData("c[\"odd name\"]", false)]
    [InlineData("c[\"odd name\"].below", true)]
    [InlineData("c.list[0]", false)]
    [InlineData("c.name ASC, c.age DESC", true)]
    [InlineData("c.name DESC, c.age ASC", true)]
    [InlineData("c.name, c.age", false)]
    [InlineData("c.age DESC, c.name ASC", false)]
    [InlineData("c.at.city, c.id, c._ts", true)]
    [InlineData("c.at.city DESC, c.id DESC, c._ts DESC", true)]
    [InlineData("c.at.city, c.id", false)]
    public void Order_by_needs_an_index(string columns, bool served) => AssertServed(Policy, $"SELECT * FROM c ORDER BY {columns}", served);

    [Theory]
    [InlineData("""{"indexingMode":"none"}""", "c.a", false)]
    [InlineData("""{"indexingMode":"consistent","excludedPaths":[{"path":"/*"}]}""", "c.a", false)]
    [InlineData("""{"indexingMode":"consistent","excludedPaths":[{"path":"/*"}]}""", "c._ts", true)]
    [InlineData("""{"indexingMode":"consistent","includedPaths":[{"path":"/a/?"}],"excludedPaths":[{"path":"/*"}]}""", "c.a", true)]
    [InlineData("""{"indexingMode":"consistent","includedPaths":[{"path":"/*"}],"excludedPaths":[{"path":"/a/?"}]}""", "c.a", false)]
    public void The_most_precise_path_decides(string policy, string column, bool served) => AssertServed(policy, $"SELECT * FROM c ORDER BY {column}", served);

    [Theory]
    [InlineData("SELECT VALUE at FROM c.at ORDER BY at.city", true)]
    [InlineData("SELECT VALUE x FROM c.deep x ORDER BY x.out", false)]
    [InlineData("SELECT VALUE x FROM c JOIN x IN c.list ORDER BY c.name", true)]
    [InlineData("SELECT VALUE x FROM c JOIN x IN c.list ORDER BY x.y", false)]
    [InlineData("SELECT VALUE x FROM x IN c.list ORDER BY x.y", false)]
    public void Paths_are_those_of_the_item(string query, bool served) => AssertServed(Policy, query, served);

    private static void AssertServed(string policy, string query, bool served)
    {
        var parsed = SqlParser.Parse(query, new Dictionary<string, SqlValue>(StringComparer.Ordinal));
        var refused = Record.Exception(() => SqlIndexRules.Check(parsed, IndexingPolicy.Of(JsonElement.Parse(policy))));
        Assert.Equal(served, refused is null);
        Assert.True(refused is null or SqlSyntaxException, $"{refused}");
    }
}
