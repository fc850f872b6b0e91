using System.Text.Json;
using EventFunctions.Local.Cosmos.Query;

namespace EventFunctions.Local.Cosmos.Tests.Query;

/// <summary>Expressions over one item; <c>undefined</c> is what vanishes from a result.</summary>
public sealed class SqlEvaluatorTests
{
    private const string Item =
        """{"id":"1","n":7,"f":2.50,"t":"Text","b":true,"z":null,"a":[1,"two",{"k":"v","m":1}],"o":{"p":{"q":"deep"},"a b":1},"e":"","u":"ünï 😀"}""";

    [Theory]
    [InlineData("c.n", "7")]
    [InlineData("c.f", "2.50")]
    [InlineData("c.o.p.q", "\"deep\"")]
    [InlineData("c[\"o\"]['a b']", "1")]
    [InlineData("c.a[1]", "\"two\"")]
    [InlineData("c.a[2].k", "\"v\"")]
    [InlineData("c.a[3]", "undefined")]
    [InlineData("c.a[0.5]", "undefined")]
    [InlineData("c.t.x", "undefined")]
    [InlineData("c.a", "[1,\"two\",{\"k\":\"v\",\"m\":1}]")]
    [InlineData("c[@name]", "7")]
    [InlineData("undefined", "undefined")]
    public void Paths(string expression, string expected) => AssertGives(expression, expected);

    [Theory]
    [InlineData("1 + 2 * 3", "7")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("7 % 4 - -1", "4")]
    [InlineData("1 / 0", "undefined")]
    [InlineData("1 / 4", "0.25")]
    [InlineData("c.n + c.t", "undefined")]
    [InlineData("-c.n", "-7")]
    [InlineData("-c.t", "undefined")]
    [InlineData("'a' || 'b' || 'c'", "\"abc\"")]
    [InlineData("'a' || 1", "undefined")]
    [InlineData("1e3 + .5", "1000.5")]
    [InlineData("10 - 3 - 2", "5")]
    public void Arithmetic(string expression, string expected) => AssertGives(expression, expected);

    [Theory]
    [InlineData("c.n = 7", "true")]
    [InlineData("c.n = 7.0", "true")]
    [InlineData("c.n = '7'", "false")]
    [InlineData("c.n != '7'", "true")]
    [InlineData("c.n <> 7", "false")]
    [InlineData("c.z = null", "true")]
    [InlineData("c.x = null", "undefined")]
    [InlineData("c.x != 1", "undefined")]
    [InlineData("c.n < 8", "true")]
    [InlineData("c.n >= 8", "false")]
    [InlineData("c.t > 'Tex'", "true")]
    [InlineData("'a' < 'B'", "false")]
    [InlineData("c.n < 'a'", "undefined")]
    [InlineData("c.z < 1", "undefined")]
    [InlineData("false < true", "true")]
    [InlineData("c.a = [1, 'two', {'m': 1, 'k': 'v'}]", "true")]
    [InlineData("c.o = {'a b': 1}", "false")]
    public void Comparison(string expression, string expected) => AssertGives(expression, expected);

    [Theory]
    [InlineData("true AND true", "true")]
    [InlineData("true AND false", "false")]
    [InlineData("c.x AND false", "false")]
    [InlineData("c.x AND true", "undefined")]
    [InlineData("c.x OR true", "true")]
    [InlineData("c.x OR false", "undefined")]
    [InlineData("c.n AND true", "undefined")]
    [InlineData("NOT c.b", "false")]
    [InlineData("NOT c.x", "undefined")]
    [InlineData("NOT c.n = 8", "undefined")]
    [InlineData("NOT (c.n = 8)", "true")]
    [InlineData("NOT NOT c.b", "true")]
    [InlineData("true OR true AND false", "true")]
    [InlineData("(true OR true) AND false", "false")]
    [InlineData("c.n BETWEEN 7 AND 8 AND c.b", "true")]
    [InlineData("c.n NOT BETWEEN 7 AND 8", "false")]
    [InlineData("c.n BETWEEN 'a' AND 'b'", "undefined")]
    [InlineData("c.n IN (1, 7)", "true")]
    [InlineData("c.n NOT IN (1, 7)", "false")]
    [InlineData("c.x IN (1, 7)", "undefined")]
    [InlineData("c.z IN (null)", "true")]
    [InlineData("c.b ? 'yes' : 'no'", "\"yes\"")]
    [InlineData("c.x ? 'yes' : 'no'", "\"no\"")]
    [InlineData("c.x ?? c.n", "7")]
    [InlineData("c.z ?? c.n", "null")]
    public void Logic(string expression, string expected) => AssertGives(expression, expected);

    [Theory]
    [InlineData("IS_DEFINED(c.z)", "true")]
    [InlineData("IS_DEFINED(c.x)", "false")]
    [InlineData("IS_NULL(c.z)", "true")]
    [InlineData("IS_NULL(c.x)", "false")]
    [InlineData("IS_NUMBER(c.n)", "true")]
    [InlineData("IS_INTEGER(c.f)", "false")]
    [InlineData("IS_STRING(c.t)", "true")]
    [InlineData("IS_BOOL(c.b)", "true")]
    [InlineData("IS_ARRAY(c.a)", "true")]
    [InlineData("IS_OBJECT(c.o)", "true")]
    [InlineData("IS_PRIMITIVE(c.o)", "false")]
    [InlineData("startswith(c.t, 'Te')", "true")]
    [InlineData("STARTSWITH(c.t, 'te')", "false")]
    [InlineData("STARTSWITH(c.t, 'te', true)", "true")]
    [InlineData("STARTSWITH(c.n, 'te')", "undefined")]
    [InlineData("ENDSWITH(c.t, 'xt')", "true")]
    [InlineData("CONTAINS(c.t, 'ex')", "true")]
    [InlineData("CONTAINS(c.t, '')", "true")]
    [InlineData("STRINGEQUALS(c.t, 'TEXT', true)", "true")]
    [InlineData("LOWER(c.t)", "\"text\"")]
    [InlineData("UPPER(c.t)", "\"TEXT\"")]
    [InlineData("LENGTH(c.e)", "0")]
    [InlineData("CONCAT(c.t, '-', c.id)", "\"Text-1\"")]
    [InlineData("CONCAT(c.t, c.n)", "undefined")]
    [InlineData("SUBSTRING(c.t, 1, 2)", "\"ex\"")]
    [InlineData("SUBSTRING(c.t, 3, 99)", "\"t\"")]
    [InlineData("LEFT(c.t, 2) || RIGHT(c.t, 1)", "\"Tet\"")]
    [InlineData("INDEX_OF(c.t, 'x')", "2")]
    [InlineData("INDEX_OF(c.t, 'q')", "-1")]
    [InlineData("REPLACE(c.t, 'T', 'n')", "\"next\"")]
    [InlineData("REVERSE(c.id || 'a')", "\"a1\"")]
    [InlineData("TRIM('  a ')", "\"a\"")]
    [InlineData("TOSTRING(c.n)", "\"7\"")]
    [InlineData("ABS(-2) + FLOOR(2.7) + CEILING(2.1) + ROUND(2.5)", "10")]
    [InlineData("SQRT(-1)", "undefined")]
    [InlineData("POWER(2, 10)", "1024")]
    [InlineData("ARRAY_LENGTH(c.a)", "3")]
    [InlineData("ARRAY_LENGTH(c.t)", "undefined")]
    [InlineData("ARRAY_CONTAINS(c.a, 'two')", "true")]
    [InlineData("ARRAY_CONTAINS(c.a, {'k': 'v'})", "false")]
    [InlineData("ARRAY_CONTAINS(c.a, {'k': 'v'}, true)", "true")]
    public void Functions(string expression, string expected) => AssertGives(expression, expected);

    [Theory]
    [InlineData("'it\\'s'", "\"it's\"")]
    [InlineData("\"it's\"", "\"it's\"")]
    [InlineData("'\\u0041\\n'", "\"A\\n\"")]
    [InlineData("c.u", "\"ünï \\uD83D\\uDE00\"")]
    [InlineData("{'a': 1, b: [c.x, 2], \"c\": c.x}", "{\"a\":1,\"b\":[2]}")]
    [InlineData("[1, 'a', null, true, undefined]", "[1,\"a\",null,true]")]
    [InlineData("/* note */ 1 -- end", "1")]
    public void Literals(string expression, string expected) => AssertGives(expression, expected);

    [Fact]
    public void Values_of_all_types_have_an_order()
    {
        SqlValue[] ordered =
        [
            SqlValue.Undefined, SqlValue.Null, SqlValue.False, SqlValue.True, SqlValue.Of(-1), SqlValue.Of(2), SqlValue.Of(10),
            SqlValue.Of(""), SqlValue.Of("10"), SqlValue.Of("B"), SqlValue.Of("a"), SqlValue.Of(JsonElement.Parse("[1]")), SqlValue.Of(JsonElement.Parse("{}")),
        ];
        for (var i = 0; i < ordered.Length; i++)
        {
            for (var j = 0; j < ordered.Length; j++)
            {
                Assert.Equal(Math.Sign(i.CompareTo(j)), Math.Sign(SqlOrder.Compare(ordered[i], ordered[j])));
            }
        }
    }

    private static void AssertGives(string expression, string expected)
    {
        var parameters = new Dictionary<string, SqlValue> { ["@name"] = SqlValue.Of("n") };
        var query = SqlParser.Parse($"SELECT VALUE {expression}\nFROM c", parameters);
        var item = SqlValue.Of(JsonElement.Parse(Item));
        var value = new SqlEvaluator(SqlTable.Run()).Select(query.Select, SqlBindings.At(item).With("c", item));
        Assert.Equal(expected, value.IsDefined ? SqlValueWriter.ToText(value) : "undefined");
    }
}
