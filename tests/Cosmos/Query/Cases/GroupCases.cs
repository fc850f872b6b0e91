namespace EventFunctions.Local.Cosmos.Tests.Query.Cases;

/// <summary>
/// Expected values: learn.microsoft.com/azure/cosmos-db/nosql/query, "GROUP BY" and the pages of "Aggregate functions", on items of our own. Groups
/// come in the order of their keys, undefined first, as in the samples of the GROUP BY page.
/// </summary>
public sealed class GroupCases
{
    private const string Sales =
        """
        [{"id":"1","shop":"B","price":10,"qty":1,"tags":["a","b"]},{"id":"2","shop":"A","price":5,"qty":2,"tags":["b"]},{"id":"3","shop":"B","price":2.5,"qty":2},
         {"id":"4","price":1,"qty":1,"mixed":"x"},{"id":"5","shop":"A","price":7,"qty":1,"mixed":3},{"id":"6","shop":"A","mixed":[1]}]
        """;

    [Theory]
    [InlineData("SELECT c.shop FROM c GROUP BY c.shop", """[{},{"shop":"A"},{"shop":"B"}]""")]
    [InlineData("SELECT VALUE c.shop FROM c GROUP BY c.shop", """["A","B"]""")]
    [InlineData("SELECT COUNT(1) AS k, c.shop FROM c GROUP BY c.shop", """[{"k":1},{"k":3,"shop":"A"},{"k":2,"shop":"B"}]""")]
    [InlineData("SELECT c.shop, SUM(c.price) AS s, AVG(c.price) AS m, MIN(c.price) AS lo, MAX(c.price) AS hi FROM c WHERE IS_DEFINED(c.shop) GROUP BY c.shop", """[{"shop":"A","s":12,"m":6,"lo":5,"hi":7},{"shop":"B","s":12.5,"m":6.25,"lo":2.5,"hi":10}]""")]
    [InlineData("SELECT c.shop, c.qty, COUNT(1) AS k FROM c WHERE c.qty > 0 GROUP BY c.shop, c.qty", """[{"qty":1,"k":1},{"shop":"A","qty":1,"k":1},{"shop":"A","qty":2,"k":1},{"shop":"B","qty":1,"k":1},{"shop":"B","qty":2,"k":1}]""")]
    [InlineData("SELECT VALUE COUNT(1) FROM c GROUP BY c.shop", "[1,3,2]")]
    [InlineData("SELECT LOWER(c.shop) AS l, COUNT(1) AS k FROM c WHERE IS_STRING(c.shop) GROUP BY LOWER(c.shop)", """[{"l":"a","k":3},{"l":"b","k":2}]""")]
    [InlineData("SELECT UPPER(c.shop) AS u FROM c WHERE c.shop = 'A' GROUP BY c.shop", """[{"u":"A"}]""")]
    [InlineData("SELECT c[\"shop\"] AS s FROM c WHERE c.shop = 'A' GROUP BY c.shop", """[{"s":"A"}]""")]
    [InlineData("SELECT 1 AS one, COUNT(1) AS k FROM c GROUP BY c.shop", """[{"one":1,"k":1},{"one":1,"k":3},{"one":1,"k":2}]""")]
    [InlineData("SELECT c.price > 4 AS dear, COUNT(1) AS k FROM c WHERE c.price > 0 GROUP BY c.price > 4", """[{"dear":false,"k":2},{"dear":true,"k":3}]""")]
    [InlineData("SELECT t, COUNT(1) AS k FROM c JOIN t IN c.tags GROUP BY t", """[{"t":"a","k":1},{"t":"b","k":2}]""")]
    [InlineData("SELECT c.shop, COUNT(c.qty) + 1 AS more FROM c WHERE IS_DEFINED(c.shop) GROUP BY c.shop", """[{"shop":"A","more":3},{"shop":"B","more":3}]""")]
    [InlineData("SELECT c.shop FROM c GROUP BY c.shop OFFSET 1 LIMIT 1", """[{"shop":"A"}]""")]
    [InlineData("SELECT TOP 2 c.shop FROM c GROUP BY c.shop", """[{},{"shop":"A"}]""")]
    [InlineData("SELECT [{\"item\": c.shop}] AS groupByItems, {\"k\": {\"item\": COUNT(1)}} AS payload FROM c GROUP BY c.shop", """[{"groupByItems":[{}],"payload":{"k":{"item":1}}},{"groupByItems":[{"item":"A"}],"payload":{"k":{"item":3}}},{"groupByItems":[{"item":"B"}],"payload":{"k":{"item":2}}}]""")]
    [InlineData("SELECT c.shop FROM c WHERE false GROUP BY c.shop", "[]")]
    [InlineData("SELECT VALUE [c.shop, {t: c.tags}] FROM c GROUP BY [c.shop, {t: c.tags}]", """[["A",{"t":["b"]}],["A",{}],["B",{"t":["a","b"]}],["B",{}],[{}]]""")]
    [InlineData("SELECT VALUE {s: c.shop} FROM c GROUP BY {s: c.shop}", """[{"s":"A"},{"s":"B"},{}]""")]
    public async Task Groups(string query, string expected)
    {
        await SqlTable.AssertRowsAsync(Sales, query, expected);
        await SqlTable.AssertRowsAsync(Sales, query, expected, pageSize: 1);
    }

    [Theory]
    [InlineData("SELECT VALUE COUNT(1) FROM c", "[6]")]
    [InlineData("SELECT VALUE COUNT(c.shop) FROM c", "[5]")]
    [InlineData("SELECT VALUE COUNT(1) FROM c WHERE false", "[0]")]
    [InlineData("SELECT COUNT(1) FROM c", """[{"$1":6}]""")]
    [InlineData("SELECT VALUE SUM(c.price) FROM c", "[25.5]")]
    [InlineData("SELECT VALUE SUM(c.none) FROM c", "[0]")]
    [InlineData("SELECT VALUE SUM(c.mixed) FROM c", "[]")]
    [InlineData("SELECT VALUE AVG(c.qty) FROM c", "[1.4]")]
    [InlineData("SELECT VALUE AVG(c.none) FROM c", "[]")]
    [InlineData("SELECT VALUE MIN(c.shop) FROM c", """["A"]""")]
    [InlineData("SELECT VALUE MAX(c.price) FROM c", "[10]")]
    [InlineData("SELECT VALUE MAX(c.mixed) FROM c WHERE NOT IS_ARRAY(c.mixed)", """["x"]""")]
    [InlineData("SELECT VALUE MAX(c.mixed) FROM c", "[]")]
    [InlineData("SELECT VALUE MIN(c.none) FROM c", "[]")]
    [InlineData("SELECT VALUE MIN([c.tags, c.shop]) FROM c", "[]")]
    [InlineData("SELECT MAX(c.price) - MIN(c.price) AS spread FROM c", """[{"spread":9}]""")]
    [InlineData("SELECT VALUE {n: COUNT(1), s: SUM(c.qty)} FROM c", """[{"n":6,"s":7}]""")]
    [InlineData("SELECT VALUE SUM(c.price * c.qty) FROM c", "[33]")]
    [InlineData("SELECT VALUE COUNT(1) FROM c JOIN t IN c.tags", "[3]")]
    public Task Aggregates(string query, string expected) => SqlTable.AssertRowsAsync(Sales, query, expected);
}
