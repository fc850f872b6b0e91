namespace EventFunctions.Local.Cosmos.Tests.Query.Cases;

/// <summary>
/// Expected values: learn.microsoft.com/azure/cosmos-db/nosql/query, "SELECT", "FROM", "JOIN", "Subqueries", "ORDER BY", "OFFSET LIMIT",
/// "Work with arrays", on items of our own.
/// </summary>
public sealed class ClauseCases
{
    private const string Families =
        """
        [{"id":"a","name":"Andersen","n":2,"children":[{"g":"Jesse","grade":1,"pets":[{"p":"Goofy"},{"p":"Shadow"}]},{"g":"Lisa","grade":8}],"tags":["x","y"],"at":{"city":"NY"}},
         {"id":"b","name":"Wakefield","n":1,"children":[{"g":"Merriam","grade":6,"pets":[{"p":"Fluffy"}]}],"tags":["y","z","y"],"at":{"city":"LA"}},
         {"id":"c","name":"Smith","n":3,"tags":[],"at":{"city":"LA"}},
         {"id":"d","n":null,"children":"none","at":"nowhere"}]
        """;

    [Theory]
    [InlineData("SELECT VALUE c.name FROM c", """["Andersen","Wakefield","Smith"]""")]
    [InlineData("SELECT c.name FROM c", """[{"name":"Andersen"},{"name":"Wakefield"},{"name":"Smith"},{}]""")]
    [InlineData("SELECT c.name AS who, c.at.city FROM c WHERE c.n = 1", """[{"who":"Wakefield","city":"LA"}]""")]
    [InlineData("SELECT c[\"name\"] FROM c WHERE c.id = 'c'", """[{"name":"Smith"}]""")]
    [InlineData("SELECT {\"who\": c.name} AS it, 1 + 1 FROM c WHERE c.id = 'c'", """[{"it":{"who":"Smith"},"$1":2}]""")]
    [InlineData("SELECT VALUE {id: c.id, cities: [c.at.city, c.none]} FROM c WHERE c.n > 1", """[{"id":"a","cities":["NY"]},{"id":"c","cities":["LA"]}]""")]
    [InlineData("SELECT TOP 2 VALUE c.id FROM c", """["a","b"]""")]
    [InlineData("SELECT TOP 0 VALUE c.id FROM c", "[]")]
    [InlineData("SELECT VALUE root.id FROM root WHERE (root[\"n\"] > 1)", """["a","c"]""")]
    [InlineData("SELECT VALUE f FROM Families AS f WHERE false", "[]")]
    [InlineData("SELECT VALUE 1 FROM c", "[1,1,1,1]")]
    [InlineData("SELECT c FROM c WHERE c.id = 'x'", "[]")]
    [InlineData("SELECT 1 AS one, 'a' || 'b' AS ab", """[{"one":1,"ab":"ab"}]""")]
    [InlineData("SELECT VALUE 1 + 1", "[2]")]
    [InlineData("SELECT VALUE undefined", "[]")]
    public Task Select(string query, string expected) => SqlTable.AssertRowsAsync(Families, query, expected);

    [Theory]
    [InlineData("SELECT DISTINCT VALUE c.at.city FROM c", """["NY","LA"]""")]
    [InlineData("SELECT DISTINCT c.at.city FROM c", """[{"city":"NY"},{"city":"LA"},{}]""")]
    [InlineData("SELECT DISTINCT VALUE t FROM c JOIN t IN c.tags", """["x","y","z"]""")]
    [InlineData("SELECT DISTINCT TOP 2 VALUE t FROM c JOIN t IN c.tags", """["x","y"]""")]
    [InlineData("SELECT DISTINCT VALUE {n: 1.0, m: 2} FROM c", """[{"n":1,"m":2}]""")]
    [InlineData("SELECT DISTINCT VALUE c.at.city FROM c ORDER BY c.at.city DESC", """["NY","LA"]""")]
    public Task Distinct(string query, string expected) => SqlTable.AssertRowsAsync(Families, query, expected);

    [Theory]
    [InlineData("SELECT VALUE x.g FROM c JOIN x IN c.children", """["Jesse","Lisa","Merriam"]""")]
    [InlineData("SELECT c.id, x.g FROM c JOIN x IN c.children WHERE x.grade > 1", """[{"id":"a","g":"Lisa"},{"id":"b","g":"Merriam"}]""")]
    [InlineData("SELECT VALUE p.p FROM c JOIN x IN c.children JOIN p IN x.pets", """["Goofy","Shadow","Fluffy"]""")]
    [InlineData("SELECT VALUE [x.g, t] FROM c JOIN x IN c.children JOIN t IN c.tags WHERE c.id = 'a'", """[["Jesse","x"],["Jesse","y"],["Lisa","x"],["Lisa","y"]]""")]
    [InlineData("SELECT VALUE x.g FROM x IN c.children", """["Jesse","Lisa","Merriam"]""")]
    [InlineData("SELECT * FROM x IN c.children WHERE x.grade = 8", """[{"g":"Lisa","grade":8}]""")]
    [InlineData("SELECT * FROM c.at", """[{"city":"NY"},{"city":"LA"},{"city":"LA"},"nowhere"]""")]
    [InlineData("SELECT VALUE at.city FROM c.at", """["NY","LA","LA"]""")]
    [InlineData("SELECT VALUE place FROM c.at.city place", """["NY","LA","LA"]""")]
    [InlineData("SELECT VALUE first FROM c.tags[0] AS first", """["x","y"]""")]
    [InlineData("SELECT VALUE city FROM c JOIN c.at.city city", """["NY","LA","LA"]""")]
    [InlineData("SELECT VALUE s FROM c JOIN (SELECT VALUE t FROM t IN c.tags WHERE t != 'y') AS s", """["x","z"]""")]
    [InlineData("SELECT VALUE s.up FROM c JOIN (SELECT UPPER(t) AS up FROM t IN c.tags) s WHERE c.id = 'a'", """["X","Y"]""")]
    [InlineData("SELECT VALUE [c.id, m] FROM c JOIN m IN (SELECT VALUE [1, 2]) WHERE c.n = 1", """[["b",1],["b",2]]""")]
    [InlineData("SELECT VALUE u FROM (SELECT VALUE t FROM t IN c.tags) AS u", """["x","y","y","z","y"]""")]
    [InlineData("SELECT VALUE x.g FROM c JOIN x IN c.none", "[]")]
    public Task From_and_join(string query, string expected) => SqlTable.AssertRowsAsync(Families, query, expected);

    [Theory]
    [InlineData("SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.tags WHERE t = 'z')", """["b"]""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE NOT EXISTS(SELECT VALUE t FROM t IN c.tags)", """["c","d"]""")]
    [InlineData("SELECT VALUE EXISTS(SELECT VALUE undefined)", "[false]")]
    [InlineData("SELECT VALUE EXISTS(SELECT undefined)", "[true]")]
    [InlineData("SELECT VALUE ARRAY(SELECT VALUE x.g FROM x IN c.children) FROM c WHERE c.n > 1", """[["Jesse","Lisa"],[]]""")]
    [InlineData("SELECT VALUE ARRAY(SELECT DISTINCT VALUE t FROM t IN c.tags) FROM c WHERE c.id = 'b'", """[["y","z"]]""")]
    [InlineData("SELECT VALUE ARRAY(SELECT t, COUNT(1) AS n FROM t IN c.tags GROUP BY t) FROM c WHERE c.id = 'b'", """[[{"t":"y","n":2},{"t":"z","n":1}]]""")]
    [InlineData("SELECT c.id, (SELECT VALUE COUNT(1) FROM t IN c.tags) AS k FROM c WHERE c.n > 0", """[{"id":"a","k":2},{"id":"b","k":3},{"id":"c","k":0}]""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE (SELECT VALUE COUNT(1) FROM t IN c.tags) > 2", """["b"]""")]
    [InlineData("SELECT VALUE (SELECT c.id AS x, c.n AS y) FROM c WHERE c.n = 3", """[{"x":"c","y":3}]""")]
    [InlineData("SELECT VALUE (SELECT VALUE MAX(x.grade) FROM x IN c.children) FROM c", "[8,6]")]
    [InlineData("SELECT VALUE (SELECT VALUE v + v FROM (SELECT VALUE c.n + 1) AS v) FROM c WHERE c.n = 1", "[4]")]
    [InlineData("SELECT VALUE COUNT(1) FROM (SELECT DISTINCT VALUE c.at.city FROM c)", "[3]")]
    [InlineData("SELECT VALUE c.id FROM c WHERE ARRAY_LENGTH(ARRAY(SELECT VALUE p FROM x IN c.children JOIN p IN x.pets)) = 2", """["a"]""")]
    public Task Subqueries(string query, string expected) => SqlTable.AssertRowsAsync(Families, query, expected);

    [Theory]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.n", """["d","b","a","c"]""")]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.n DESC", """["c","a","b","d"]""")]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.at.city, c.n DESC", """["d","c","b","a"]""")]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.name", """["d","a","c","b"]""")]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.id OFFSET 1 LIMIT 2", """["b","c"]""")]
    [InlineData("SELECT VALUE c.id FROM c OFFSET 3 LIMIT 9", """["d"]""")]
    [InlineData("SELECT VALUE c.id FROM c OFFSET 9 LIMIT 9", "[]")]
    [InlineData("SELECT TOP 1 VALUE c.id FROM c ORDER BY c.n DESC", """["c"]""")]
    [InlineData("SELECT VALUE [c.id, t] FROM c JOIN t IN c.tags ORDER BY c.n", """[["b","y"],["b","z"],["b","y"],["a","x"],["a","y"]]""")]
    public async Task Order_and_pages(string query, string expected)
    {
        await SqlTable.AssertRowsAsync(Families, query, expected);
        await SqlTable.AssertRowsAsync(Families, query, expected, pageSize: 1);
        await SqlTable.AssertRowsAsync(Families, query, expected, pageSize: 2);
    }

    [Theory]
    [InlineData("SELECT VALUE [c.id, t] FROM c JOIN t IN c.tags", """[["a","x"],["a","y"],["b","y"],["b","z"],["b","y"]]""")]
    [InlineData("SELECT VALUE t FROM t IN c.tags OFFSET 1 LIMIT 3", """["y","y","z"]""")]
    public async Task A_page_may_end_among_the_rows_of_one_item(string query, string expected)
    {
        await SqlTable.AssertRowsAsync(Families, query, expected, pageSize: 1);
        await SqlTable.AssertRowsAsync(Families, query, expected, pageSize: 2);
    }

    [Theory]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.n = @n", """{"@n":2}""", """["a"]""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE ARRAY_CONTAINS(@ids, c.id)", """{"@ids":["a","d"]}""", """["a","d"]""")]
    [InlineData("SELECT VALUE c[@what] FROM c WHERE c.id = 'c'", """{"@what":"name"}""", """["Smith"]""")]
    [InlineData("SELECT TOP @k VALUE c.id FROM c", """{"@k":1}""", """["a"]""")]
    [InlineData("SELECT VALUE c.id FROM c OFFSET @o LIMIT @l", """{"@o":1,"@l":1}""", """["b"]""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.at = @at", """{"@at":{"city":"NY"}}""", """["a"]""")]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.name LIKE @p", """{"@p":"%e%e%"}""", """["a","b"]""")]
    public Task Parameters(string query, string parameters, string expected) =>
        SqlTable.AssertRowsAsync(Families, query, expected, parameters);
}
