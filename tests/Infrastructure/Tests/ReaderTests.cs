using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Repository;
using EventFunctions.Infrastructure.Tests.Snippets;

namespace EventFunctions.Infrastructure.Tests.Tests;

/// <summary>What is read is what Bicep means by it.</summary>
[Collection(InfrastructureCollection.Name)]
public sealed class ReaderTests(Repository.Infrastructure infrastructure)
{
    private const string Declared = "var o = {\n  p: 'x'\n  q: [\n    {\n      r: 7\n    }\n  ]\n  yes: true\n}\nvar list = [\n  'a'\n  'b'\n]\n";

    [BicepTheory]
    [InlineData("'x' == o.p", "true")]
    [InlineData("o.yes ? o.p : o.q[0].r", "x")]
    [InlineData("!o.yes ? o.p : o.q[0].r", "7")]
    [InlineData("1 + o.q[0].r * 2", "15")]
    [InlineData("null ?? o.p", "x")]
    [InlineData("o.?missing ?? o.p", "x")]
    [InlineData("o.yes && !contains(list, o.p) || false", "true")]
    [InlineData("join(map(list, x => '<${x}|${o.p}>'), ',')", "<a|x>,<b|x>")]
    [InlineData("toObject([o], s => s.p, s => s.yes).x", "true")]
    [InlineData("map(list, (x, i) => '${i}${x}')[1]", "1b")]
    [InlineData("[for (x, i) in list: '${x}${i}']", "[a0, b1]")]
    [InlineData("[for x in o.yes ? list : []: x]", "[a, b]")]
    [InlineData("{\n  '${o.p}-key': list[0]\n}", "{x-key: a}")]
    [InlineData("o[?'missing'] ?? 'none'", "none")]
    [InlineData("o['p']", "x")]
    [InlineData("-o.q[0].r", "-7")]
    [InlineData("(o.yes ? o : {}).p", "x")]
    [InlineData("'x' == (o.yes ? o : {}).p", "true")]
    [InlineData("(1 + 2) * 3", "9")]
    [InlineData("true || o.yes == false && o.q[0].r > 100", "true")]
    [InlineData("false ? 1 : o.yes ? o.q[0].r + 1 : 3", "8")]
    [InlineData("filter([1, 2, 3], x => x * 2 > o.q[0].r - 4)", "[2, 3]")]
    [InlineData("[o.p == 'x' && o.q[0].r == 7 ? o.q[0].r : 0][0]", "7")]
    [InlineData("'  kept  '", "  kept  ")]
    [InlineData("'it\\'s \\${o.p} \\u{41}\\n'", "it's ${o.p} A\n")]
    [InlineData("'a ${o.p} # b'", "a x # b")]
    [InlineData("'''\nraw ${o.p} // text'''", "raw ${o.p} // text")]
    [InlineData("cidrSubnet('10.60.0.0/16', 24, 3)", "10.60.3.0/24")]
    [InlineData("union({ a: 1, b: { c: 2 } }, { b: { d: 3 } })", "{a: 1, b: {c: 2, d: 3}}")]
    [InlineData("az.subscription().subscriptionId", "00000000-0000-0000-0000-000000000000")]
    public void An_expression_comes_to_its_value(string expression, string expected)
    {
        var deployment = new Snippet(infrastructure.Parser, $"targetScope = 'subscription'\n{Declared}output result object = {expression}\n").Deploy();

        Assert.Equal(expected, $"{deployment.Modules[0].OutputOf("result").Known()}");
    }

    [BicepTheory]
    [InlineData("o.missing", "no property 'missing'")]
    [InlineData("list[2]", "no element 2")]
    [InlineData("o.p.q", "string has no property 'q'")]
    [InlineData("nothing", "nothing is named 'nothing'")]
    [InlineData("unheardOf(1)", "no function 'unheardOf'")]
    [InlineData("'a' + 'b'", "'+' does not fit string and string")]
    [InlineData("o.p ? 1 : 2", "a condition is true or false")]
    [InlineData("[for x in o: x]", "a loop goes through an array")]
    [InlineData("map(o, x => x)", "expected an array")]
    [InlineData("cidrSubnet('10.60.0.0/24', 24, 1)", "has no subnet 1")]
    [InlineData("listKeys('x', '2024-01-01')", "no function 'listKeys'")]
    public void What_comes_to_nothing_is_told_with_its_line(string expression, string message)
    {
        var snippet = new Snippet(infrastructure.Parser, $"{Declared}var result = {expression}\n");

        var error = Assert.Throws<EvaluationException>(() => snippet.Deploy());
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("infra/main.bicep:14: ", error.Message, StringComparison.Ordinal);
    }
}
