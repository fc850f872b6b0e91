using EventFunctions.Local.Cosmos.Query;

namespace EventFunctions.Local.Cosmos.Tests.Query.Cases;

/// <summary>What the SDK's query planner refuses too, or the endpoint does not do: each refusal names what it is about.</summary>
public sealed class RefusedCases
{
    private static readonly Dictionary<string, SqlValue> NoParameters = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("SELECT * FROM c JOIN t IN c.tags", "single input")]
    [InlineData("SELECT *", "single input")]
    [InlineData("SELECT x.y FROM c JOIN x IN x.z", "'x'")]
    [InlineData("SELECT 1 FROM c JOIN x IN c.a JOIN x IN c.b", "twice")]
    [InlineData("SELECT 1 FROM c JOIN y IN [1, 2]", "FROM of anything but")]
    [InlineData("SELECT t FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.tags)", "'t'")]
    [InlineData("SELECT VALUE ARRAY(SELECT VALUE t FROM t IN d.tags) FROM c", "'d'")]
    [InlineData("SELECT VALUE (SELECT VALUE t FROM t IN c.tags ORDER BY t.x) FROM c", "ORDER in a subquery")]
    [InlineData("SELECT VALUE ARRAY(SELECT VALUE t FROM t IN c.tags OFFSET 1 LIMIT 2) FROM c", "OFFSET in a subquery")]
    [InlineData("SELECT VALUE ALL(SELECT VALUE true) FROM c", "ALL with a subquery")]
    [InlineData("SELECT TOP 2 * FROM c ORDER BY c.a OFFSET 1 LIMIT 1", "TOP and OFFSET")]
    [InlineData("SELECT c.other, COUNT(1) AS k FROM c GROUP BY c.owner", "GROUP BY clause")]
    [InlineData("SELECT COUNT(1) AS a, c.b FROM c", "needs a GROUP BY")]
    [InlineData("SELECT * FROM c GROUP BY c.a", "'SELECT *'")]
    [InlineData("SELECT COUNT(1) AS n FROM c GROUP BY 1", "GROUP BY takes")]
    [InlineData("SELECT c.a FROM c GROUP BY (SELECT VALUE c.a)", "GROUP BY takes")]
    [InlineData("SELECT c.a FROM c GROUP BY COUNT(c.a)", "aggregate")]
    [InlineData("SELECT c.a FROM c GROUP BY c.a HAVING COUNT(1) > 1", "HAVING")]
    [InlineData("SELECT c.a FROM c GROUP BY c.a ORDER BY c.a", "ORDER BY together with GROUP BY")]
    [InlineData("SELECT VALUE SUM(COUNT(1)) FROM c", "SUM takes one argument")]
    [InlineData("SELECT c.a FROM c WHERE c.a = MAX(c.b)", "aggregate")]
    [InlineData("SELECT VALUE NOSUCH(c.a) FROM c", "NOSUCH")]
    [InlineData("SELECT VALUE STDEV(c.a) FROM c", "STDEV")]
    [InlineData("SELECT VALUE PI(1) FROM c", "PI takes 0 to 0")]
    [InlineData("SELECT VALUE GetCurrentTicks(1) FROM c", "GETCURRENTTICKS takes no")]
    [InlineData("SELECT VALUE ST_DISTANCE(c.a, c.b) FROM c", "ST_DISTANCE")]
    [InlineData("SELECT VALUE VectorDistance(c.a, c.b) FROM c", "VectorDistance")]
    [InlineData("SELECT VALUE FullTextContains(c.a, 'b') FROM c", "FullTextContains")]
    [InlineData("SELECT VALUE udf.f(c) FROM c", "user-defined function")]
    [InlineData("SELECT VALUE c.a LIKE 'x' ESCAPE 'ab' FROM c", "ESCAPE")]
    [InlineData("SELECT VALUE c.a LIKE 'x' ESCAPE c.b FROM c", "ESCAPE")]
    [InlineData("SELECT VALUE c.a NOT 1 FROM c", "IN, BETWEEN or LIKE")]
    [InlineData("SELECT VALUE c.a IN (1) = c.b FROM c", "end of the query")]
    [InlineData("SELECT VALUE '\\uD83D'", "half of a surrogate pair")]
    [InlineData("SELECT c.* FROM c", "name of a property")]
    [InlineData("SELECT *, c.a FROM c", "FROM")]
    public void The_refusal_names_it(string query, string named)
    {
        var refused = Assert.Throws<SqlSyntaxException>(() => SqlParser.Parse(query, NoParameters));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subquery_with_several_values_stands_for_no_single_one()
    {
        var store = await SqlTable.FillAsync("""[{"tags":[1,2]}]""");
        var refused = await Assert.ThrowsAsync<SqlSyntaxException>(() => SqlTable.RowsAsync(store, "SELECT VALUE (SELECT VALUE t FROM t IN c.tags) FROM c"));
        Assert.Contains("more than one", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Joins_that_multiply_beyond_all_measure_are_refused()
    {
        var store = await SqlTable.FillAsync($$"""[{"a":[{{string.Join(',', Enumerable.Range(0, 50))}}]}]""");
        var refused = await Assert.ThrowsAsync<SqlSyntaxException>(
            () => SqlTable.RowsAsync(store, "SELECT VALUE COUNT(1) FROM c JOIN x IN c.a JOIN y IN c.a JOIN z IN c.a"));
        Assert.Contains("rows", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT VALUE ", "(SELECT VALUE ", "1", ")")]
    [InlineData("SELECT VALUE ", "ARRAY(SELECT VALUE ", "1", ")")]
    [InlineData("SELECT VALUE 1 FROM ", "(SELECT VALUE 1 FROM ", "c", ")")]
    [InlineData("SELECT VALUE ", "(", "1", ")")]
    [InlineData("SELECT VALUE ", "NOT ", "true", "")]
    [InlineData("SELECT VALUE 1 FROM c WHERE ", "EXISTS(SELECT VALUE 1 FROM c WHERE ", "true", ")")]
    public void A_query_nested_ten_thousand_deep_is_refused(string before, string piece, string innermost, string after)
    {
        var text = before + string.Concat(Enumerable.Repeat(piece, 10_000)) + innermost + string.Concat(Enumerable.Repeat(after, 10_000));
        Assert.Throws<SqlSyntaxException>(() => SqlParser.Parse(text, NoParameters));
    }
}
