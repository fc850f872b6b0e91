namespace EventFunctions.Local.Cosmos.Tests.Query.Cases;

/// <summary>
/// Expected values: learn.microsoft.com/azure/cosmos-db/nosql/query, "Bitwise operators", "Equality and comparison operators", "Logical operators",
/// "Ternary and coalesce operators", "Keywords" (BETWEEN, IN, LIKE). Which operator binds first: the SDK's query planner, which
/// writes a query back with all its brackets.
/// </summary>
public sealed class OperatorCases
{
    private const string Item = """{"a":1,"b":true,"f":false,"t":"50% off_[x]","n":null,"s":"Text"}""";

    [Theory]
    [InlineData("100 >> 2", "25")]
    [InlineData("100 << 2", "400")]
    [InlineData("100 >>> 0", "100")]
    [InlineData("100 & 1000", "96")]
    [InlineData("100 | 1000", "1004")]
    [InlineData("100 ^ 1000", "908")]
    [InlineData("~5", "-6")]
    [InlineData("-1 >>> 0", "4294967295")]
    [InlineData("1 << 31", "-2147483648")]
    [InlineData("4294967297 & 3", "1")]
    [InlineData("1 & 'a'", "undefined")]
    public void Bits(string expression, string expected) => SqlTable.AssertValue(expression, expected);

    [Theory]
    [InlineData("1 | 2 & 2", "2")]
    [InlineData("6 & 3 << 1", "4")]
    [InlineData("1 << 1 + 1", "4")]
    [InlineData("'a' || 1 + 1", "undefined")]
    [InlineData("1 + 1 = 2 = true", "true")]
    [InlineData("1 < 2 = true", "true")]
    [InlineData("NOT false = true", "true")]
    [InlineData("NOT 1 = 2", "undefined")]
    [InlineData("NOT (1 = 2)", "true")]
    [InlineData("NOT false AND true", "true")]
    [InlineData("-2 + 3", "1")]
    [InlineData("+3", "3")]
    [InlineData("+'3'", "undefined")]
    [InlineData("undefined ?? undefined ?? 3", "3")]
    [InlineData("false OR true ?? 1", "true")]
    [InlineData("true ? 1 : true ? 2 : 3", "1")]
    [InlineData("false ? 1 : false ? 2 : 3", "3")]
    [InlineData("undefined ?? true ? 1 : 2", "1")]
    [InlineData("1 = 1 IN (true)", "true")]
    [InlineData("2 * 3 % 4", "2")]
    public void What_binds_first(string expression, string expected) => SqlTable.AssertValue(expression, expected);

    [Theory]
    [InlineData("c.s LIKE 'Text'", "true")]
    [InlineData("c.s LIKE 'text'", "false")]
    [InlineData("c.s LIKE 'T%'", "true")]
    [InlineData("c.s LIKE '%x%'", "true")]
    [InlineData("c.s LIKE '%t'", "true")]
    [InlineData("c.s LIKE '%T'", "false")]
    [InlineData("c.s LIKE 'T_xt'", "true")]
    [InlineData("c.s LIKE 'T_t'", "false")]
    [InlineData("c.s LIKE '____'", "true")]
    [InlineData("c.s LIKE '%'", "true")]
    [InlineData("'' LIKE '%'", "true")]
    [InlineData("'' LIKE ''", "true")]
    [InlineData("'' LIKE '_'", "false")]
    [InlineData("c.s LIKE 'T[a-f]xt'", "true")]
    [InlineData("c.s LIKE 'T[abc]xt'", "false")]
    [InlineData("c.s LIKE 'T[^abc]xt'", "true")]
    [InlineData("c.t LIKE '50!% off%' ESCAPE '!'", "true")]
    [InlineData("c.t LIKE '5!%%' ESCAPE '!'", "false")]
    [InlineData("c.t LIKE '%!_[[]x]' ESCAPE '!'", "true")]
    [InlineData("c.s NOT LIKE 'a%'", "true")]
    [InlineData("c.a LIKE '1'", "undefined")]
    [InlineData("c.x LIKE '%'", "undefined")]
    [InlineData("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaab' LIKE '%a%a%a%a%a%a%a%a%a%c'", "false")]
    [InlineData("'mississippi' LIKE 'm%iss%pi'", "true")]
    public void Like(string expression, string expected) => SqlTable.AssertValue(expression, expected, Item);

    [Theory]
    [InlineData("c.a BETWEEN 1 AND 2", "true")]
    [InlineData("c.a NOT BETWEEN 1 AND 2", "false")]
    [InlineData("c.s BETWEEN 'A' AND 'Z'", "true")]
    [InlineData("c.x BETWEEN 1 AND 2", "undefined")]
    [InlineData("c.a IN (1, 2, 3)", "true")]
    [InlineData("c.a IN ('1')", "false")]
    [InlineData("c.a NOT IN (2)", "true")]
    [InlineData("c.n = null", "true")]
    [InlineData("c.x = null", "undefined")]
    [InlineData("c.a = '1'", "false")]
    [InlineData("c.a > '0'", "undefined")]
    [InlineData("c.b AND c.x", "undefined")]
    [InlineData("c.f AND c.x", "false")]
    [InlineData("c.b OR c.x", "true")]
    [InlineData("c.a / 0", "undefined")]
    [InlineData("[c.x, 1]", "[1]")]
    [InlineData("{x: c.x, a: c.a}", "{\"a\":1}")]
    public void Comparing(string expression, string expected) => SqlTable.AssertValue(expression, expected, Item);
}
