using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Checks;
using EventFunctions.Infrastructure.Tests.Repository;
using EventFunctions.Infrastructure.Tests.Snippets;

namespace EventFunctions.Infrastructure.Tests.Tests;

/// <summary>What the main file comes to in every configuration, and what the evaluation refuses.</summary>
[Collection(InfrastructureCollection.Name)]
public sealed class DeploymentTests(Repository.Infrastructure infrastructure)
{
    private const string Identity = "resource identity 'A.B/identities@2024-01-01' = {\n  name: 'i'\n}\n";

    [BicepFact]
    public void Every_configuration_can_be_deployed() => Assert.All(
        infrastructure.All(), d => Assert.NotEmpty(d.Deployment.Of("Microsoft.Web/sites")));

    [BicepFact]
    public void The_configurations_reach_every_resource_and_every_branch() => Finding.AssertNone(
        CoverageCheck.Run(infrastructure.Files.Bicep(), infrastructure.All().Select(d => d.Deployment).ToList()));

    [BicepFact]
    public void No_two_resources_have_the_same_id() => Assert.All(infrastructure.All(), d =>
        Assert.Empty(d.Deployment.Resources.GroupBy(r => r.Id, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key)));

    [BicepFact]
    public void What_a_module_puts_out_reaches_another_one()
    {
        var deployment = new Snippet(infrastructure.Parser, new Dictionary<string, string>
        {
            [Snippet.Main] = "module a 'a.bicep' = {}\nmodule b 'b.bicep' = {\n  params: {\n    principal: a.outputs.principal\n  }\n}\n",
            ["infra/a.bicep"] = Identity + "output principal string = identity.properties.principalId\n",
            ["infra/b.bicep"] = "param principal string\nresource r 'A.B/roles@2024-01-01' = {\n  name: guid(principal)\n  properties: {\n    who: principal\n  }\n}\n",
        }).Deploy();

        Assert.Equal("<A.B/identities/i.properties.principalId>", $"{deployment.Of("A.B/roles").Single().Property("properties.who")}");
    }

    [BicepFact]
    public void A_resource_below_another_has_its_name_type_and_version()
    {
        var deployment = new Snippet(infrastructure.Parser, """
            resource a 'A.B/c@2024-01-01' = {
              name: 'one'

              resource d 'd' = [for name in [ 'x', 'y' ]: {
                name: name
              }]
            }
            resource e 'A.B/c/d/e@2024-02-01' = {
              parent: a::d[1]
              name: 'three'
            }
            """).Deploy();

        Assert.Equal(["A.B/c@2024-01-01 one", "A.B/c/d@2024-01-01 one/x", "A.B/c/d@2024-01-01 one/y", "A.B/c/d/e@2024-02-01 one/y/three"],
            deployment.Resources.Select(r => $"{r.Type}@{r.ApiVersion} {string.Join('/', r.Names)}"));
    }

    [BicepTheory]
    [InlineData(Identity + "resource r 'A.B/c@2024-01-01' = {\n  name: identity.properties.principalId\n}\n", "infra/main.bicep:5: a name must be known before the deployment (BCP120)")]
    [InlineData(Identity + "resource r 'A.B/c@2024-01-01' = if (empty(identity.properties.x)) {\n  name: 'x'\n}\n", "infra/main.bicep:4: whether it is deployed must be known before the deployment (BCP179)")]
    [InlineData(Identity + "resource r 'A.B/c@2024-01-01' = [for x in split(identity.properties.x, ','): {\n  name: 'x'\n}]\n", "infra/main.bicep:4: what a loop goes through must be known before the deployment (BCP178)")]
    [InlineData("resource r 'A.B/c@2024-01-01' = if (false) {\n  name: 'x'\n}\noutput o string = r.properties.x\n", "infra/main.bicep:4: 'r' is not deployed here, so it has no 'properties'")]
    [InlineData("param p string\noutput o string = p\n", "infra/main.bicep:1: 'p' is given by nobody")]
    [InlineData("param p int = 'x'\noutput o int = p\n", "infra/main.bicep:1: 'p' is int and was given string 'x'")]
    [InlineData("@allowed([\n  'a'\n])\nparam p string = 'b'\noutput o string = p\n", "infra/main.bicep:1: 'b' is not what 'p' may be: @allowed([a])")]
    [InlineData("@maxLength(3)\nparam p string = 'long'\noutput o string = p\n", "infra/main.bicep:1: 'long' is not what 'p' may be: @maxLength(3)")]
    [InlineData("@minValue(3)\nparam p int = 2\noutput o int = p\n", "infra/main.bicep:1: '2' is not what 'p' may be: @minValue(3)")]
    [InlineData("var a = b\nvar b = a\n", "infra/main.bicep:1: 'a' depends on itself")]
    [InlineData("resource r 'A.B/c/d@2024-01-01' = {\n  name: 'x'\n}\n", "infra/main.bicep:1: the name of a A.B/c/d has 2 segments, not 1")]
    [InlineData("resource r 'A.B/c@2024-01-01' = {\n  name: 'x'\n  dependsOn: [\n    'y'\n  ]\n}\n", "infra/main.bicep:3: what is waited for is a resource or a module, not string")]
    [InlineData("var j = loadJsonContent('missing.json')\n", "infra/main.bicep:1: 'infra/missing.json' can't be read: There is no infra/missing.json. (Parameter 'path')")]
    [InlineData(Identity + "output o string = identity.listKeys().key1\n", "infra/main.bicep:4: 'listKeys' is called on a resource: keys and secrets are read by nobody here")]
    public void What_azure_would_refuse_is_refused(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<EvaluationException>(() => new Snippet(infrastructure.Parser, text).Deploy()).Message);

    [BicepFact]
    public void What_no_configuration_reaches_is_found()
    {
        var snippet = new Snippet(infrastructure.Parser, """
            param a bool = true
            resource r 'A.B/c@2024-01-01' = if (!a) {
              name: 'x'
            }
            output o string = a ? 'yes' : 'no'
            """);

        var withDefaults = CoverageCheck.Run(snippet.Files.Values, [snippet.Deploy()]).Select(f => f.ToString());
        var withBoth = CoverageCheck.Run(snippet.Files.Values, [snippet.Deploy(), snippet.Deploy(("a", new FlagValue(false)))]);

        Assert.Equal(["infra/main.bicep:2: no configuration of the checks deploys 'r'", "infra/main.bicep:5: no configuration of the checks takes this branch"], withDefaults);
        Assert.Empty(withBoth);
    }
}
