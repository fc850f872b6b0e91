using EventFunctions.Local.Cosmos.Query;

namespace EventFunctions.Local.Cosmos.Tests.Query;

public sealed class SqlParserTests
{
    private static readonly SqlBindings Nothing = SqlBindings.At(SqlValue.Undefined);

    private static readonly Dictionary<string, SqlValue> Parameters = new() { ["@n"] = SqlValue.Of(3) };

    [Fact]
    public void Every_clause_is_read()
    {
        var query = SqlParser.Parse("select c.id, c.a + 1 as b, c[\"x y\"], c.a*2 from items as c where c.a > 1 order by c.a desc, c.b asc, c.d offset 2 limit @n", Parameters);
        Assert.Equal(["id", "b", "x y", "$1"], ((SqlSelect.List)query.Select).Members.Select(m => m.Key));
        Assert.Equal((null, "c", 2L, 3L, 3L), (query.Top, query.From.Alias, query.Offset, query.Limit, query.MaxRows));
        Assert.Equal("c.a > 1", query.Where!.Source);
        Assert.Equal(["c.a", "c.b", "c.d"], query.OrderBy.Select(s => s.Column.Source));
        Assert.Equal([true, false, false], query.OrderBy.Select(s => s.Descending));
        Assert.Equal("from items as c", query.From.Source);
    }

    [Theory]
    [InlineData("SELECT * FROM root")]
    [InlineData("SELECT VALUE root FROM root WHERE (root[\"a\"] = 1)")]
    [InlineData("SELECT c._rid, [{\"item\": c.a}] AS orderByItems, c AS payload\nFROM c\nWHERE ((true) AND (c.b != \"x\"))\nORDER BY c.a ASC\nOFFSET 0 LIMIT 7")]
    [InlineData("SELECT TOP 5 c._rid, [{\"item\": c.a}] AS orderByItems, {\"id\": c.id} AS payload FROM c WHERE (true) ORDER BY c.a")]
    [InlineData("SELECT VALUE [{\"item\": COUNT(1)}] FROM c")]
    [InlineData("SELECT VALUE [{\"item\": {\"sum\": SUM(c.a), \"count\": COUNT(c.a)}}] FROM c")]
    [InlineData("SELECT c[\"value\"], LEFT(c.a, 1) AS name FROM c WHERE c[\"order\"] = 1 AND c['group'] = 2")]
    public void What_clients_generate_is_read(string text) => Assert.NotNull(SqlParser.Parse(text, Parameters));

    [Theory]
    [InlineData("", "SELECT")]
    [InlineData("SELECT", "an expression")]
    [InlineData("SELECT *", "FROM")]
    [InlineData("SELECT * FROM c WHERE c.a = ", "an expression")]
    [InlineData("SELECT * FROM c WHERE (c.a = 1", "')'")]
    [InlineData("SELECT * FROM c WHERE c.a == 1", "an expression")]
    [InlineData("SELECT * FROM c WHERE c.a = 'x", "not closed")]
    [InlineData("SELECT * FROM c WHERE c.a = '\\q'", "escape")]
    [InlineData("SELECT * FROM c WHERE c.a = #", "'#'")]
    [InlineData("SELECT * FROM c extra words", "the end of the query")]
    [InlineData("SELECT * FROM c WHERE c.a = @missing", "@missing")]
    [InlineData("SELECT TOP -1 * FROM c", "a literal")]
    [InlineData("SELECT TOP 'x' * FROM c", "whole number")]
    [InlineData("SELECT * FROM c OFFSET 1", "LIMIT")]
    [InlineData("SELECT c.a, c.a FROM c", "twice")]
    [InlineData("SELECT * FROM c WHERE STARTSWITH(c.a)", "STARTSWITH takes 2 to 3 arguments, not 1")]
    [InlineData("SELECT * FROM c WHERE COUNT(1) > 1", "aggregate")]
    [InlineData("SELECT * FROM c WHERE x.a = 1", "'x'")]
    [InlineData("SELECT * FROM c /* open", "not closed")]
    [InlineData("SELECT c.value FROM c", "[\"value\"]")]
    [InlineData("SELECT c.a AS order FROM c", "keyword 'order'")]
    [InlineData("SELECT VALUE {group: 1} FROM c", "keyword 'group'")]
    [InlineData("SELECT * FROM order", "keyword 'order'")]
    [InlineData("SELECT c.$type FROM c", "'$'")]
    [InlineData("SELECT * FROM 1", "FROM of anything but")]
    [InlineData("SELECT * FROM c ORDER BY c.a + 1", "ORDER BY of anything but a property")]
    [InlineData("SELECT * FROM c ORDER BY RANK VectorDistance(c.a, [1])", "ORDER BY RANK")]
    public void What_is_wrong_is_named_with_its_place(string text, string named)
    {
        var refused = Assert.Throws<SqlSyntaxException>(() => SqlParser.Parse(text, Parameters));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.Matches(@"\(at character \d+\)$", refused.Message);
    }

    [Theory]
    [InlineData("(", 5000)]
    [InlineData("NOT ", 5000)]
    [InlineData("-", 5000)]
    [InlineData("1 + ", 5000)]
    [InlineData("c.a[", 5000)]
    [InlineData("true ? ", 5000)]
    [InlineData("LOWER(", 5000)]
    [InlineData("[", 100_000)]
    public void Deep_nesting_is_refused_and_does_no_harm(string piece, int times) =>
        Assert.Throws<SqlSyntaxException>(() => SqlParser.Parse($"SELECT VALUE {string.Concat(Enumerable.Repeat(piece, times))}1 FROM c", Parameters));

    [Theory]
    [InlineData("1", " + 1", 100, 100)]
    [InlineData("2", " * 2", 100, 100)]
    [InlineData("c", ".a", 100, 100)]
    [InlineData("c", " ?? 1", 100, 100)]
    [InlineData("c", " = 1", 1, 127)]
    public void Chains_inside_chains_do_not_make_a_tree_too_deep_to_walk(string innermost, string link, int links, int levels)
    {
        var chain = string.Concat(Enumerable.Repeat(link, links)) + ")";
        var text = $"SELECT VALUE {new string('(', levels)}{innermost}{string.Concat(Enumerable.Repeat(chain, levels))} FROM c";
        try
        {
            var expression = Assert.IsType<SqlSelect.Value>(SqlParser.Parse(text, Parameters).Select).Of.Expression;
            new SqlEvaluator(SqlTable.Run()).Evaluate(expression, Nothing);
        }
        catch (SqlSyntaxException refused)
        {
            Assert.Contains("levels deep", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[", "1", "]", 126)]
    [InlineData("CONCAT('a', ", "'b'", ")", 126)]
    [InlineData("(true AND (false OR ", "true", "))", 63)]
    [InlineData("{'a': ", "1", "}", 126)]
    [InlineData("(1 + 2 * -", "1", ")", 63)]
    [InlineData("(1 + 2 * 3 * (4 + ", "1", "))", 63)]
    public void The_deepest_queries_can_be_evaluated_on_a_small_stack(string before, string innermost, string after, int levels)
    {
        var text = $"SELECT VALUE {string.Concat(Enumerable.Repeat(before, levels))}{innermost}{string.Concat(Enumerable.Repeat(after, levels))} FROM c";
        var result = SqlValue.Undefined;
        var small = new Thread(
            () => result = new SqlEvaluator(SqlTable.Run()).Select(SqlParser.Parse(text, Parameters).Select, Nothing), 768 * 1024);
        small.Start();
        small.Join();
        Assert.True(result.IsDefined);
    }

    [Fact]
    public void Long_chains_of_conditions_are_fine()
    {
        var text = "SELECT * FROM c WHERE " + string.Join(" OR ", Enumerable.Range(0, 2000).Select(i => $"c.a = {i}"));
        Assert.Equal(2000, Assert.IsType<SqlExpression.Logical>(SqlParser.Parse(text, Parameters).Where!.Expression).Operands.Count);
    }

    [Fact]
    public void Damaged_queries_are_syntax_errors_and_nothing_else()
    {
        const string good = "SELECT c.id, {'a': c[\"b\"]} AS x FROM c WHERE c.a IN (1, 'two') AND NOT (c.d BETWEEN 1 AND 2.5e3 OR STARTSWITH(c.s, '\\u0041')) ORDER BY c.a DESC OFFSET 1 LIMIT 2";
        var random = new Random(20260103);
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = good.ToCharArray();
            for (var n = random.Next(1, 5); n > 0; n--)
            {
                text[random.Next(text.Length)] = random.Next(3) == 0 ? (char)random.Next(0x300) : good[random.Next(good.Length)];
            }

            try
            {
                SqlParser.Parse(new string(text), Parameters);
            }
            catch (SqlSyntaxException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 10_000, 20_000);
    }
}
