using EventFunctions.Local.Cosmos.Query;

namespace EventFunctions.Local.Cosmos.Tests.Query.Cases;

/// <summary>Expected values: what the SDK's own query planner says of the same query; its text for the ranges differs in brackets and line breaks.</summary>
public sealed class PlanCases
{
    private static readonly Dictionary<string, SqlValue> NoParameters = new(StringComparer.Ordinal);

    [Theory]
    [InlineData("SELECT DISTINCT c.a FROM c", "distinctType", "\"Unordered\"")]
    [InlineData("SELECT DISTINCT VALUE c.a FROM c ORDER BY c.a", "distinctType", "\"Ordered\"")]
    [InlineData("SELECT DISTINCT c.a FROM c ORDER BY c.a", "distinctType", "\"Unordered\"")]
    [InlineData("SELECT DISTINCT TOP 5 c.a FROM c", "rewrittenQuery", "\"SELECT DISTINCT c.a FROM c\"")]
    [InlineData("SELECT DISTINCT c.a FROM c OFFSET 1 LIMIT 3", "rewrittenQuery", "\"SELECT DISTINCT c.a FROM c\"")]
    [InlineData("SELECT VALUE c.a FROM c OFFSET 1 LIMIT 2", "rewrittenQuery", "\"SELECT VALUE c.a FROM c OFFSET 0 LIMIT 3\"")]
    [InlineData("SELECT VALUE t FROM c JOIN t IN c.tags", "rewrittenQuery", "\"\"")]
    [InlineData("SELECT c.o, COUNT(1) AS k FROM c GROUP BY c.o", "groupByExpressions", "[\"c.o\"]")]
    [InlineData("SELECT c.o, COUNT(1) AS k, SUM(c.n) AS s FROM c GROUP BY c.o", "groupByAliases", "[\"o\",\"k\",\"s\"]")]
    [InlineData("SELECT c.o, COUNT(1) AS k, AVG(c.n) FROM c GROUP BY c.o", "groupByAliasToAggregateType", """{"o":null,"k":"Count","$1":"Average"}""")]
    [InlineData("SELECT VALUE COUNT(1) FROM c GROUP BY c.o", "aggregates", "[\"Count\"]")]
    [InlineData("SELECT VALUE COUNT(1) FROM c GROUP BY c.o", "rewrittenQuery", """
        "SELECT [{\"item\": c.o}] AS groupByItems, [{\"item\": COUNT(1)}] AS payload FROM c GROUP BY c.o"
        """)]
    [InlineData("SELECT c.o, COUNT(1) AS k FROM c WHERE c.x = 1 GROUP BY c.o", "rewrittenQuery", """
        "SELECT [{\"item\": c.o}] AS groupByItems, {\"o\": c.o, \"k\": {\"item\": COUNT(1)}} AS payload FROM c WHERE c.x = 1 GROUP BY c.o"
        """)]
    [InlineData("SELECT VALUE x FROM x IN c.items", "hasSelectValue", "true")]
    [InlineData("SELECT TOP 4 c.a FROM c ORDER BY c.a DESC", "orderBy", "[\"Descending\"]")]
    public void A_plan_says(string query, string property, string expected) =>
        SqlTable.AssertSame(expected, QueryPlanner.Plan(SqlParser.Parse(query, NoParameters), null)["queryInfo"]![property]!.ToJsonString(), query);

    [Theory]
    [InlineData("SELECT c.o, COUNT(1) + 1 AS k FROM c GROUP BY c.o")]
    [InlineData("SELECT VALUE {n: COUNT(1)} FROM c")]
    public void What_can_not_be_added_up_over_ranges_is_refused(string query)
    {
        var refused = Assert.Throws<SqlSyntaxException>(() => QueryPlanner.Plan(SqlParser.Parse(query, NoParameters), null));
        Assert.Contains("Compositions of aggregates", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A range reads what the plan sends it, so that must be read in turn.</summary>
    [Theory]
    [InlineData("SELECT DISTINCT VALUE c.a FROM c WHERE c.b LIKE 'x' OR c.d ORDER BY c.a")]
    [InlineData("SELECT VALUE {a: x.b} FROM c.deep x ORDER BY x.b OFFSET 2 LIMIT 3")]
    [InlineData("SELECT MIN(c.a) AS lo, MAX(c.b) AS hi, AVG(c.d) FROM c JOIN t IN c.tags GROUP BY c.o, t")]
    [InlineData("SELECT COUNT(1) AS n, 'x' AS x FROM c")]
    public void What_a_plan_sends_to_the_ranges_can_be_read(string query)
    {
        var text = (string)QueryPlanner.Plan(SqlParser.Parse(query, NoParameters), null)["queryInfo"]!["rewrittenQuery"]!;
        Assert.NotNull(SqlParser.Parse(text.Replace(QueryPlanner.ResumePlaceholder, "true", StringComparison.Ordinal), NoParameters));
    }
}
