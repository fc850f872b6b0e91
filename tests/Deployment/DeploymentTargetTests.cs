using System.Text.RegularExpressions;
using EventFunctions.Tests.Support;

namespace EventFunctions.Deployment.Tests;

public sealed partial class DeploymentTargetTests
{
    private readonly Dictionary<string, string> _environment = new(StringComparer.Ordinal)
    {
        ["AZURE_SUBSCRIPTION_ID"] = "sub",
        ["AZURE_RESOURCE_GROUP"] = "rg-shop",
        ["AZURE_KEY_VAULT_NAME"] = "kv-1",
        ["AZURE_FUNCTION_APP_NAME"] = "func-1",
        ["AZURE_IDENTITY_PRINCIPAL_ID"] = "principal",
        ["SERVICE_FUNCTIONS_URI"] = "https://func-1.example/",
    };

    [Fact]
    public void It_is_read_from_the_environment() => Assert.Equal(FakeAzure.Target, DeploymentTarget.From(_environment.GetValueOrDefault));

    [Fact]
    public void Each_variable_that_is_missing_or_empty_is_named_with_what_to_do()
    {
        foreach (var name in _environment.Keys.ToList())
        {
            var others = new Dictionary<string, string>(_environment) { [name] = string.Empty };

            var refused = Assert.Throws<DeploymentException>(() => DeploymentTarget.From(others.GetValueOrDefault));

            Assert.Contains(name, refused.Message, StringComparison.Ordinal);
            Assert.Contains("azd", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_address_that_is_none_is_refused()
    {
        _environment["SERVICE_FUNCTIONS_URI"] = "func-1";

        Assert.Contains("no absolute address", Assert.Throws<DeploymentException>(() => DeploymentTarget.From(_environment.GetValueOrDefault)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_variable_but_the_subscription_is_an_output_of_the_template()
    {
        var outputs = Output().Matches(File.ReadAllText(Path.Combine(Root, "infra", "main.bicep"))).Select(m => m.Groups["name"].Value).ToList();

        Assert.All(_environment.Keys.Where(n => n != "AZURE_SUBSCRIPTION_ID"), name => Assert.Contains(name, outputs));
    }

    [Fact]
    public async Task Every_secret_is_used_by_the_template_under_its_setting()
    {
        var needed = await SecretList.LoadAsync(Path.Combine(AppContext.BaseDirectory, "secrets.json"), CancellationToken.None);
        var used = Secret().Matches(await File.ReadAllTextAsync(Path.Combine(Root, "infra", "modules", "functionapp.bicep"))).Select(m => m.Groups["name"].Value);

        Assert.Equal(needed.Secrets.Select(s => s.Setting).Order(), used.Distinct().Order());
    }

    private static string Root { get; } = RepositoryRoot.Path;

    [GeneratedRegex(@"^output (?<name>\w+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Output();

    [GeneratedRegex(@"secretNames\.(?<name>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Secret();
}
