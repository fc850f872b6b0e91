using System.Text.RegularExpressions;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Model;
using EventFunctions.Infrastructure.Tests.Checks;
using EventFunctions.Infrastructure.Tests.Repository;

namespace EventFunctions.Infrastructure.Tests.Tests;

/// <summary>azure.yaml, the main file and the workflows name what is there.</summary>
[Collection(InfrastructureCollection.Name)]
public sealed partial class AzdTests(Repository.Infrastructure infrastructure)
{
    /// <summary>Outputs that azd itself reads, or shows.</summary>
    private static readonly string[] ReadByAzd = ["AZURE_RESOURCE_GROUP", "SERVICE_FUNCTIONS_URI"];

    [BicepFact]
    public void Azd_finds_the_infrastructure_and_the_projects()
    {
        var yaml = infrastructure.Files.ReadText("azure.yaml");
        var projects = YamlProject().Matches(yaml).Concat(RunProject().Matches(yaml)).Select(m => m.Groups["path"].Value).ToList();

        Assert.Equal(Repository.Infrastructure.Main, $"{YamlValue(yaml, "path")}/{YamlValue(yaml, "module")}.bicep");
        Assert.Contains("functions/EventFunctions", projects);
        Assert.All(projects, path => Assert.Single(Directory.EnumerateFiles(RepositoryFiles.Full(path), "*.csproj")));
    }

    [BicepFact]
    public void Every_service_has_the_one_resource_that_azd_deploys_it_to() => Assert.All(infrastructure.All(), d =>
    {
        var services = ServiceName().Matches(infrastructure.Files.ReadText("azure.yaml")).Select(m => m.Groups["name"].Value);
        var tagged = d.Deployment.Resources.Select(r => (r.Body["tags"] as MapValue)?["azd-service-name"]).OfType<TextValue>().Select(t => t.Text);

        Assert.Equal(["functions"], services);
        Assert.Equal(["functions"], tagged);
    });

    [BicepFact]
    public void Everything_carries_the_tag_by_which_azd_takes_it_down() => Assert.All(infrastructure.All(), d => Assert.All(
        d.Deployment.Resources.Where(r => r.Body["tags"] is not null || r.Type == "Microsoft.Resources/resourceGroups"),
        r => Assert.Equal(d.Deployment.Modules[0].Arguments.Single(a => a.Key == "environmentName").Value, r.Property("tags.azd-env-name"))));

    [BicepFact]
    public void Outputs_can_be_environment_variables_and_somebody_reads_each()
    {
        var outputs = infrastructure.Files.Read(Repository.Infrastructure.Main).All<Output>().Select(o => o.Name).ToList();
        var texts = RepositoryFiles.Below("tools", "*.cs").Concat(RepositoryFiles.Below(".github", "*.yml")).Concat(RepositoryFiles.Below("infra", "*.md"))
            .Concat(RepositoryFiles.Below("docs", "*.md")).Select(infrastructure.Files.ReadText).ToList();

        // azd hands them to the build as environment variables, and MSBuild takes those for properties: none may be called like one.
        Assert.All(outputs, name => Assert.Matches("^(AZURE|SERVICE)_[A-Z_]+$", name));
        Assert.All(outputs.Except(ReadByAzd), name => Assert.Contains(texts, t => t.Contains(name, StringComparison.Ordinal)));
    }

    [BicepFact]
    public void The_parameters_file_asks_for_names_of_the_environment_that_are_built_alike()
    {
        var text = infrastructure.Files.ReadText("infra/main.parameters.json");
        var references = ParametersFileCheck.References(text).Select(r => r.Key).ToList();

        Assert.Equal(references.Count, references.Distinct().Count());
        Assert.All(references, name => Assert.Matches("^[A-Z][A-Z0-9_]*$", name));
        Assert.Contains("AZURE_ENV_NAME", references);
        Assert.Contains("AZURE_LOCATION", references);
    }

    [Fact]
    public void A_deployment_runs_with_nothing_but_a_token_of_its_own()
    {
        var workflow = File.ReadAllText(RepositoryFiles.Full(".github/workflows/deploy.yml"));

        Assert.DoesNotContain("secrets.", workflow, StringComparison.Ordinal);
        Assert.Contains("permissions: {}", workflow, StringComparison.Ordinal);
        Assert.Equal(["contents: read", "id-token: write"], Permission().Matches(workflow).Select(m => m.Value.Trim()));
    }

    [Fact]
    public void Every_action_is_one_that_cannot_change()
    {
        var uses = RepositoryFiles.Below(".github/workflows", "*.yml").SelectMany(path => Uses().Matches(File.ReadAllText(RepositoryFiles.Full(path)))).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, u => Assert.Matches("^[0-9a-f]{40}$", u.Groups["version"].Value));
    }

    private static string YamlValue(string yaml, string key) => Regex.Match(yaml, $@"^ +{key}: (?<value>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Groups["value"].Value;

    [GeneratedRegex(@"^ +project: (?<path>\S+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex YamlProject();

    [GeneratedRegex(@"dotnet run --project (?<path>\S+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex RunProject();

    [GeneratedRegex(@"(?<=^services:\n)  (?<name>\w+):$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex ServiceName();

    [GeneratedRegex(@"^ +[a-z-]+: (read|write)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Permission();

    [GeneratedRegex(@"uses: (?<action>[^@\s]+)@(?<version>\S+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Uses();
}
