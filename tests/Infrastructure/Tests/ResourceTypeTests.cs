using EventFunctions.Infrastructure.Tests.Bicep.Model;
using EventFunctions.Infrastructure.Tests.Repository;
using EventFunctions.Infrastructure.Tests.ResourceTypes;
using EventFunctions.Infrastructure.Tests.Snippets;

namespace EventFunctions.Infrastructure.Tests.Tests;

[Collection(InfrastructureCollection.Name)]
public sealed class ResourceTypeTests(Repository.Infrastructure infrastructure)
{
    private static readonly ResourceTypeTable Small = new([ResourceType.Read("""
        {
          "type": "A.B/things", "apiVersion": "2024-01-01", "source": "https://example.com/things", "name": "^[a-z]{3,5}$",
          "body": {
            "location!": "string", "tags": { "*": "string" },
            "properties": { "mode!": ["On", "Off"], "count": "int 1..20", "keep": "duration", "parts": { "[]": { "on": "bool" } } }
          },
          "reads": ["properties.address"]
        }
        """)]);

    [BicepFact]
    public void Every_resource_is_as_its_type_wants_it() =>
        Finding.AssertNone(infrastructure.All().SelectMany(d => d.Deployment.All.SelectMany(infrastructure.Types.Check)));

    [BicepFact]
    public void What_is_asked_of_a_resource_is_something_it_tells() =>
        Finding.AssertNone(infrastructure.Files.Bicep().SelectMany(infrastructure.Types.CheckReads));

    [BicepFact]
    public void The_table_has_no_type_that_nobody_uses()
    {
        var used = infrastructure.All().SelectMany(d => d.Deployment.All).Select(r => r.Type).ToHashSet();

        Assert.Equal(infrastructure.Types.Types.Select(t => t.Type).Order(), used.Order());
    }

    [Fact]
    public void Every_row_of_the_table_names_its_reference() => Assert.All(infrastructure.Types.Types, t =>
    {
        var (provider, path) = (t.Type.Split('/')[0], string.Join('/', t.Type.Split('/')[1..]));
        Assert.Equal($"https://learn.microsoft.com/azure/templates/{provider}/{t.ApiVersion}/{path}", t.Source.ToString(), ignoreCase: true);
    });

    [BicepTheory]
    [InlineData("A.B/thing", "2024-01-01", "x", "{}", "the table knows no A.B/thing: add it with its source")]
    [InlineData("A.B/things", "2023-01-01", "abc", "{ mode: 'On' }", "A.B/things is used in version 2024-01-01, not 2023-01-01")]
    [InlineData("A.B/things", "2024-01-01", "toolong", "{ mode: 'On' }", "'toolong' is no name for a A.B/things: ^[a-z]{3,5}$")]
    [InlineData("A.B/things", "2024-01-01", "abc", "{ mode: 'on' }", "A.B/things.properties.mode is 'on', which is none of On, Off")]
    [InlineData("A.B/things", "2024-01-01", "abc", "{}", "A.B/things.properties.mode is missing")]
    [InlineData("A.B/things", "2024-01-01", "abc", "{ mode: null }", "A.B/things.properties.mode is missing")]
    [InlineData("A.B/things", "2024-01-01", "abc", "{ mode: 'On', Count: 1 }", "the table knows no A.B/things.properties.Count")]
    [InlineData("A.B/things", "2024-01-01", "abc", "{ mode: 'On', count: 21 }", "A.B/things.properties.count is 21, which is not from 1 to 20")]
    [InlineData("A.B/things", "2024-01-01", "abc", "{ mode: 'On', count: '2' }", "A.B/things.properties.count is string '2', and not int")]
    [InlineData("A.B/things", "2024-01-01", "abc", "{ mode: 'On', keep: '5m' }", "A.B/things.properties.keep is '5m', which is no duration of ISO 8601")]
    [InlineData("A.B/things", "2024-01-01", "abc", "{ mode: 'On', parts: [ { on: true }, { on: 'yes' } ] }", "A.B/things.properties.parts[1].on is string 'yes', and not bool")]
    [InlineData("A.B/things", "2024-01-01", "abc", "{ mode: 'On', parts: { on: true } }", "A.B/things.properties.parts is object '{on: true}', and not an array")]
    public void What_the_type_does_not_want_is_found(string type, string version, string name, string properties, string expected)
    {
        var text = $"resource r '{type}@{version}' = {{\n  name: '{name}'\n  location: 'x'\n  properties: {properties.Replace(", ", "\n", StringComparison.Ordinal)}\n}}\n";

        Assert.Equal($"infra/main.bicep:1: {expected}", Assert.Single(new Snippet(infrastructure.Parser, text).Deploy().All.SelectMany(Small.Check)).ToString());
    }

    [BicepFact]
    public void A_resource_that_fits_is_not_complained_of()
    {
        const string text = """
            resource r 'A.B/things@2024-01-01' = {
              name: 'abc'
              location: 'x'
              tags: {
                any: 'thing'
              }
              properties: {
                mode: 'On'
                count: null
                keep: 'PT5M'
                parts: []
              }
            }
            output address string = r.properties.address
            """;
        var snippet = new Snippet(infrastructure.Parser, text);

        Assert.Empty(snippet.Deploy().All.SelectMany(Small.Check));
        Assert.Empty(Small.CheckReads(snippet.Read(Snippet.Main)));
    }

    [BicepFact]
    public void Asking_for_what_a_type_does_not_tell_is_found()
    {
        var file = new Snippet(infrastructure.Parser, "resource r 'A.B/things@2024-01-01' existing = {\n  name: 'abc'\n}\noutput o string = r.properties.adress\n").Read(Snippet.Main);

        Assert.Equal("infra/main.bicep:4: the table does not say that a A.B/things tells its 'properties.adress'", Assert.Single(Small.CheckReads(file)).ToString());
        Assert.IsType<Resource>(Assert.Single(file.All<Resource>()));
    }

    [BicepFact]
    public void A_resource_in_a_file_for_subscriptions_must_belong_there()
    {
        var deployment = new Snippet(infrastructure.Parser, "targetScope = 'subscription'\nresource r 'A.B/things@2024-01-01' = {\n  name: 'abc'\n  location: 'x'\n}\n").Deploy();

        Assert.Equal("infra/main.bicep:2: a A.B/things can't be deployed to a subscription", Assert.Single(deployment.All.SelectMany(Small.Check)).ToString());
    }
}
