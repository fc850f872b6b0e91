using System.Text.RegularExpressions;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Compiler;
using EventFunctions.Infrastructure.Tests.Repository;

namespace EventFunctions.Infrastructure.Tests.Tests;

/// <summary>What is deployed on paper here is what the compiler foresees, value by value.</summary>
[Collection(InfrastructureCollection.Name)]
public sealed partial class CompilerTests(Repository.Infrastructure infrastructure)
{
    /// <summary>What the compiler writes beside the body of a resource.</summary>
    private static readonly string[] Header = ["id", "type", "name", "apiVersion", "scope", "dependsOn"];

    [CompilerTheory]
    [InlineData("default")]
    [InlineData("the largest")]
    public void The_evaluation_comes_to_what_the_compiler_comes_to(string name)
    {
        var deployment = infrastructure.Deploy(Configuration.All.Single(c => c.Name == name));
        var foreseen = BicepCompiler.Snapshot(name, deployment.Modules[0].Arguments);
        var own = deployment.Resources.ToList();
        var (ownToken, token) = (TokenIn(own.Select(r => r.Id)), TokenIn(foreseen.Select(r => $"{r["id"]}")));
        var byId = own.ToLookup(r => Normal(r.Id, ownToken));

        Assert.Equal(
            foreseen.Select(r => $"{r["type"]}@{r["apiVersion"]}").Order(StringComparer.Ordinal),
            own.Select(r => $"{r.Type}@{r.ApiVersion}").Order(StringComparer.Ordinal));

        // An id with a part that only Azure knows is written as an expression. Most are those of role assignments, which have tests of their own.
        var compared = foreseen.Where(r => !$"{r["id"]}".Contains('[', StringComparison.Ordinal) && $"{r["type"]}" != "Microsoft.Authorization/roleAssignments").ToList();
        Assert.True(compared.Count > 100, $"Only {compared.Count} resources were compared.");
        Assert.Empty(compared.SelectMany(r =>
        {
            var id = Normal($"{r["id"]}", token);
            var body = new MapValue([.. r.Entries.Where(e => !Header.Contains(e.Key))]);
            return Differences(id, body, Assert.Single(byId[id]).Body, token, ownToken);
        }));
    }

    private static IEnumerable<string> Differences(string path, Value? foreseen, Value? own, string token, string ownToken) => (foreseen, own?.Known()) switch
    {
        (null or NullValue, null or NullValue) => [],
        (MapValue a, MapValue b) => NamesOf(a, token).Union(NamesOf(b, ownToken))
            .SelectMany(name => Differences($"{path}.{name}", Named(a, name, token), Named(b, name, ownToken), token, ownToken)),
        (ListValue a, ListValue b) when a.Items.Count == b.Items.Count =>
            a.Items.Zip(b.Items).SelectMany((pair, index) => Differences($"{path}[{index}]", pair.First, pair.Second, token, ownToken)),
        // An expression: only Azure can tell.
        (TextValue a, _) when a.Text.StartsWith('[') => [],
        _ => Normal($"{foreseen}", token) == Normal($"{own}", ownToken) ? [] : [$"{path}: the compiler has '{foreseen}', the evaluation '{own}'"],
    };

    private static IEnumerable<string> NamesOf(MapValue map, string token) => map.Entries.Select(e => Normal(e.Key, token));

    private static Value? Named(MapValue map, string name, string token) => map.Entries.FirstOrDefault(e => Normal(e.Key, token) == name).Value;

    /// <summary>Without what is a hash, which is computed in another way here.</summary>
    private static string Normal(string text, string token) => Uuid().Replace(text.Replace(token, "<token>", StringComparison.Ordinal), "<uuid>");

    private static string TokenIn(IEnumerable<string> ids) => ids.Select(id => Identity().Match(id)).First(m => m.Success).Groups["token"].Value;

    [GeneratedRegex("/userAssignedIdentities/id-(?<token>[a-z0-9]{13})$", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Identity();

    [GeneratedRegex("(?<=/workbooks/)[0-9a-f-]{36}", RegexOptions.None, 5000)]
    private static partial Regex Uuid();
}
