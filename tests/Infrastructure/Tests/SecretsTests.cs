using EventFunctions.Infrastructure.Tests.Checks;
using EventFunctions.Infrastructure.Tests.Repository;
using EventFunctions.Infrastructure.Tests.Snippets;

namespace EventFunctions.Infrastructure.Tests.Tests;

[Collection(InfrastructureCollection.Name)]
public sealed class SecretsTests(Repository.Infrastructure infrastructure)
{
    [BicepFact]
    public void No_bicep_file_reads_or_puts_out_a_key() => Finding.AssertNone(infrastructure.Files.Bicep().SelectMany(SecretsCheck.Run));

    [BicepFact]
    public void No_file_of_the_infrastructure_has_a_key_in_it() => Finding.AssertNone(
        RepositoryFiles.Below("infra", "*").Where(path => !IsOfEmulators(path)).Concat(RepositoryFiles.Below(".github", "*")).Append("azure.yaml").Append("host.json")
            .SelectMany(path => SecretsCheck.Run(infrastructure.Files.Source(path))));

    /// <summary>The keys of emulators are written in their documentation and open nothing but one's own machine.</summary>
    private static bool IsOfEmulators(string path) => path.StartsWith("infra/emulators/", StringComparison.Ordinal);

    [BicepFact]
    public void Nothing_can_be_reached_with_a_key() => Finding.AssertNone(infrastructure.All().SelectMany(d => LocalAuthenticationCheck.Run(d.Deployment)));

    [BicepTheory]
    [InlineData("output o string = account.listKeys().keys[0].value\n", "infra/main.bicep:4: 'listKeys' reads a key or a secret; use an identity and a role")]
    [InlineData("output o object = listAccountSas(account.id, '2024-01-01', {})\n", "infra/main.bicep:4: 'listAccountSas' reads a key or a secret; use an identity and a role")]
    [InlineData("output connectionString string = account.id\n", "infra/main.bicep:4: the output 'connectionString' would be kept, readable, in the history of deployments")]
    [InlineData("@secure()\noutput o string = account.id\n", "infra/main.bicep:5: the output 'o' would be kept, readable, in the history of deployments")]
    public void A_key_that_is_read_or_put_out_is_found(string text, string expected)
    {
        var file = new Snippet(infrastructure.Parser, "resource account 'A.B/c@2024-01-01' existing = {\n  name: 'x'\n}\n" + text).Read(Snippet.Main);

        Assert.Equal(expected, Assert.Single(SecretsCheck.Run(file)).ToString());
    }

    [Theory]
    [InlineData("a: 1\nAccountEndpoint=https://x/;AccountKey=abc==", true)]
    [InlineData("\nEndpoint=sb://x;SharedAccessKeyName=a;SharedAccessKey=abc=", true)]
    [InlineData("\nhttps://x.blob.core.windows.net/a?sv=2024&sig=abc%2F", true)]
    [InlineData("AccountKey=<key>", false)]
    [InlineData("SharedAccessKey=${key}", false)]
    public void A_key_that_is_written_down_is_found(string text, bool isKey)
    {
        var findings = SecretsCheck.Run(new Bicep.Syntax.SourceText("infra/x.yml", text)).ToList();

        Assert.Equal(isKey ? ["infra/x.yml:2"] : [], findings.Select(f => f.At.ToString()));
    }

    [BicepTheory]
    [InlineData("Microsoft.Storage/storageAccounts", "allowSharedKeyAccess: true", "properties.allowSharedKeyAccess of a Microsoft.Storage/storageAccounts must be false: it can be reached with a key")]
    [InlineData("Microsoft.ServiceBus/namespaces", "", "properties.disableLocalAuth of a Microsoft.ServiceBus/namespaces must be true: it can be reached with a key")]
    [InlineData("Microsoft.OperationalInsights/workspaces", "features: {}", "properties.features.disableLocalAuth of a Microsoft.OperationalInsights/workspaces must be true: it can be reached with a key")]
    [InlineData("Microsoft.Cache/redis", "", "nobody has thought about keys of Microsoft.Cache: add a rule, or list it as keyless")]
    public void A_service_that_takes_keys_is_found(string type, string property, string expected)
    {
        var deployment = new Snippet(infrastructure.Parser, $"resource r '{type}@2024-01-01' = {{\n  name: 'x'\n  properties: {{\n    {property}\n  }}\n}}\n").Deploy();

        Assert.Equal($"infra/main.bicep:1: {expected}", Assert.Single(LocalAuthenticationCheck.Run(deployment)).ToString());
    }

    [BicepFact]
    public void An_app_that_can_be_published_to_with_a_password_is_found()
    {
        var deployment = new Snippet(infrastructure.Parser, """
            resource app 'Microsoft.Web/sites@2024-01-01' = {
              name: 'x'

              resource ftp 'basicPublishingCredentialsPolicies' = {
                name: 'ftp'
                properties: {
                  allow: false
                }
              }
            }
            """).Deploy();

        Assert.StartsWith("infra/main.bicep:1: the credentials for publishing by scm", Assert.Single(LocalAuthenticationCheck.Run(deployment)).ToString(), StringComparison.Ordinal);
    }
}
