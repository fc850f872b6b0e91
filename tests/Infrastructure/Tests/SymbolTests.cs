using EventFunctions.Infrastructure.Tests.Checks;
using EventFunctions.Infrastructure.Tests.Repository;
using EventFunctions.Infrastructure.Tests.Snippets;

namespace EventFunctions.Infrastructure.Tests.Tests;

[Collection(InfrastructureCollection.Name)]
public sealed class SymbolTests(Repository.Infrastructure infrastructure)
{
    [BicepFact]
    public void Every_name_is_declared_once_and_used() =>
        Finding.AssertNone(infrastructure.Files.Bicep().SelectMany(SymbolCheck.Run));

    [BicepTheory]
    [InlineData("param a string\n", "infra/main.bicep:1: nobody uses 'a'")]
    [InlineData("var a = 1\n", "infra/main.bicep:1: nobody uses 'a'")]
    [InlineData("var a = a + 1\n", "infra/main.bicep:1: nobody uses 'a'")]
    [InlineData("func f(x string) string => x\n", "infra/main.bicep:1: nobody uses 'f'")]
    [InlineData("resource a 'A.B/c@2024-01-01' existing = {\n  name: 'x'\n}\n", "infra/main.bicep:1: nobody uses 'a'")]
    [InlineData("\noutput o string = missing\n", "infra/main.bicep:2: nothing is named 'missing'")]
    [InlineData("output o array = [for x in []: y]\n", "infra/main.bicep:1: nothing is named 'y'")]
    [InlineData("output o array = map([], x => '${x}${y}')\n", "infra/main.bicep:1: nothing is named 'y'")]
    [InlineData("resource a 'A.B/c@2024-01-01' = [for x in []: {\n  name: x\n}]\noutput o string = x\n", "infra/main.bicep:4: nothing is named 'x'")]
    [InlineData("var a = 1\nvar a = 2\noutput o int = a\n", "infra/main.bicep:2: 'a' is declared twice")]
    [InlineData("@minValue(least)\nparam a int\noutput o int = a\n", "infra/main.bicep:1: nothing is named 'least'")]
    public void A_name_that_is_unused_or_unknown_is_found(string text, string expected) =>
        Assert.Equal(expected, Assert.Single(SymbolCheck.Run(new Snippet(infrastructure.Parser, text).Read(Snippet.Main))).ToString());

    [BicepFact]
    public void What_is_used_inside_texts_loops_and_lambdas_is_used()
    {
        const string text = """
            param a string
            param b array
            var c = 'x'
            func f(x string) string => '${x}${c}'
            resource outer 'A.B/c@2024-01-01' = [for (item, i) in b: if (i < 5) {
              name: '${a}${item}${f(item)}'
              properties: map(b, x => {
                y: x
              })
            }]
            resource seen 'A.B/c@2024-01-01' existing = {
              name: 'x'

              resource inner 'd' existing = {
                name: 'y'
              }
            }
            output o string = seen::inner.id
            """;

        Assert.Empty(SymbolCheck.Run(new Snippet(infrastructure.Parser, text).Read(Snippet.Main)));
    }
}
