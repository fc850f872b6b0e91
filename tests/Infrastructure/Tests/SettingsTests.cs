using System.Text.Json;
using System.Text.RegularExpressions;
using EventFunctions.Infrastructure.Tests.App;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Repository;
using EventFunctions.Infrastructure.Tests.Settings;
using Microsoft.Extensions.Options;

namespace EventFunctions.Infrastructure.Tests.Tests;

/// <summary>The settings of the deployed app and of the sample: those that are needed are there, and none is there for nobody.</summary>
[Collection(InfrastructureCollection.Name)]
public sealed partial class SettingsTests(Repository.Infrastructure infrastructure)
{
    private static readonly KnownSettings Known = new();

    [BicepFact]
    public void The_app_starts_with_the_settings_that_are_deployed() => Assert.All(
        infrastructure.All(), d => AppSettings.Validate(AsTheAppSeesThem(AppServiceSettings.Of(d.Deployment))));

    [BicepFact]
    public void Every_setting_that_a_binding_names_is_deployed() => Assert.All(infrastructure.All(), d =>
        Assert.Empty(AppFunctions.PercentSettings().Except(AppServiceSettings.Of(d.Deployment).Keys)));

    [BicepFact]
    public void Every_setting_that_is_deployed_is_read_by_somebody() => Assert.All(infrastructure.All(), d =>
        Assert.DoesNotContain(AppServiceSettings.Of(d.Deployment).Keys, name => !Known.IsRead(name)));

    [Fact]
    public void The_app_starts_with_the_settings_of_the_sample() => AppSettings.Validate(Sample());

    [Fact]
    public void The_sample_has_every_connection_and_setting_that_a_binding_or_the_host_names() =>
        Assert.Empty(Known.Connections.Concat(AppFunctions.PercentSettings()).Except(Sample().Keys));

    [Fact]
    public void Every_setting_of_the_sample_is_read_by_somebody_and_explained()
    {
        var explained = File.ReadAllText(RepositoryFiles.Full("docs/settings.md"));

        Assert.All(Sample().Keys, name =>
        {
            Assert.True(Known.IsRead(name), name);
            Assert.Contains($"`{name}`", explained, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_setting_of_the_app_is_in_the_sample()
    {
        var sample = Sample().Keys.ToList();

        Assert.True(Known.OfApp.Count > 80, $"Only {Known.OfApp.Count} settings were found.");
        Assert.Empty(Known.OfApp.Where(name => !sample.Any(s => s == name || (name.EndsWith('*') && s.StartsWith(name[..^1], StringComparison.Ordinal)))).Order());
    }

    [BicepFact]
    public void Every_connection_is_made_with_the_identity_of_the_app() => Assert.All(infrastructure.All(), d =>
    {
        var settings = AppServiceSettings.Of(d.Deployment);
        var clientId = ClientIdOf(d.Deployment);
        var used = Known.Connections.Where(c => c != "DurableTaskSchedulerConnection").ToList();

        Assert.Equal(["AzureWebJobsStorage", "CosmosConnection", "ServiceBusConnection"], used.Distinct().Order());
        Assert.All(used, connection =>
        {
            Assert.DoesNotContain(connection, settings.Keys);
            Assert.Equal(("managedidentity", clientId), (settings[$"{connection}__credential"], settings[$"{connection}__clientId"]));
        });
    });

    [BicepFact]
    public void Connections_lead_to_what_is_deployed() => Assert.All(infrastructure.All(), d =>
    {
        var settings = AppServiceSettings.Of(d.Deployment);

        Assert.Equal(d.Deployment.Of("Microsoft.Storage/storageAccounts").Single().Name, settings["AzureWebJobsStorage__accountName"]);
        Assert.Equal(
            $"<Microsoft.DocumentDB/databaseAccounts/{d.Deployment.Of("Microsoft.DocumentDB/databaseAccounts").Single().Name}.properties.documentEndpoint>",
            settings["CosmosConnection__accountEndpoint"]);
        Assert.Equal($"{d.Deployment.Of("Microsoft.ServiceBus/namespaces").Single().Name}.servicebus.windows.net", settings["ServiceBusConnection__fullyQualifiedNamespace"]);
    });

    [BicepFact]
    public void Orchestrations_are_kept_where_host_json_and_its_overrides_say() => Assert.All(infrastructure.All(), d =>
    {
        const string prefix = "AzureFunctionsJobHost__extensions__durableTask__storageProvider__";
        var settings = AppServiceSettings.Of(d.Deployment);
        var host = JsonDocument.Parse(infrastructure.Files.ReadText("host.json")).RootElement.GetProperty("extensions").GetProperty("durableTask");
        var type = settings.GetValueOrDefault($"{prefix}type") ?? host.GetProperty("storageProvider").GetProperty("type").GetString()!;
        var connection = settings.GetValueOrDefault($"{prefix}connectionStringName") ?? host.GetProperty("storageProvider").GetProperty("connectionStringName").GetString()!;

        if (d.Configuration.Has("orchestrationStore", "AzureStorage"))
        {
            Assert.Equal(("AzureStorage", "AzureWebJobsStorage"), (type, connection));
            Assert.Empty(d.Deployment.Of("Microsoft.DurableTask/schedulers"));
            return;
        }

        var hub = d.Deployment.Of("Microsoft.DurableTask/schedulers/taskHubs").Single();
        Assert.Equal("azureManaged", type);
        Assert.Equal(host.GetProperty("hubName").GetString(), hub.Name);
        Assert.Equal(
            $"Endpoint=<Microsoft.DurableTask/schedulers/{hub.Names[0]}.properties.endpoint>;Authentication=ManagedIdentity;ClientID={ClientIdOf(d.Deployment)}",
            settings[connection]);
    });

    [BicepFact]
    public void Every_secret_is_a_reference_into_the_vault_and_every_secret_of_the_list_is_used() => Assert.All(infrastructure.All(), d =>
    {
        var settings = AppServiceSettings.Of(d.Deployment);
        var references = settings.Select(s => (s.Key, Match: VaultReference().Match(s.Value))).Where(s => s.Match.Success).ToList();
        var listed = JsonDocument.Parse(infrastructure.Files.ReadText("infra/secrets.json")).RootElement.GetProperty("secrets").EnumerateArray()
            .ToDictionary(s => s.GetProperty("setting").GetString()!, s => s.GetProperty("name").GetString()!);

        Assert.All(listed.Values, name => Assert.Matches("^[0-9A-Za-z-]{1,127}$", name));
        Assert.All(references, r => Assert.Equal(d.Deployment.Of("Microsoft.KeyVault/vaults").Single().Name, r.Match.Groups["vault"].Value));
        Assert.Equal(
            listed.OrderBy(s => s.Key, StringComparer.Ordinal),
            references.Select(r => KeyValuePair.Create(r.Key, r.Match.Groups["secret"].Value))
                .Append(KeyValuePair.Create("PersonalData__KeyVaultSecret", settings["PersonalData__KeyVaultSecret"])).OrderBy(s => s.Key, StringComparer.Ordinal));
        Assert.DoesNotContain(settings.Keys.Where(k => SecretName().IsMatch(k)).Except(references.Select(r => r.Key)), k => !IsNoSecret(k));
    });

    [Fact]
    public void A_setting_that_nobody_reads_is_known_as_such()
    {
        Assert.True(Known.IsRead("Ordering__ReviewTimeout"));
        Assert.True(Known.IsRead("Ordering__ReviewAbove__EUR"));
        Assert.True(Known.IsRead("CosmosDatabase"));
        Assert.True(Known.IsRead("AzureFunctionsJobHost__extensions__durableTask__hubName"));
        Assert.False(Known.IsRead("Ordering__ReviewTimout"));
        Assert.False(Known.IsRead("Ordering"));
        Assert.False(Known.IsRead("Ordering__ReviewTimeout__EUR"));
        Assert.False(Known.IsRead("Ordering__ReviewAbove"));
        Assert.False(Known.IsRead("Mail__HasSender"));
        Assert.False(Known.IsRead("OtherConnection__clientId"));
        Assert.False(Known.IsRead("CosmosConnection__endpoint"));
        Assert.False(Known.IsRead("AzureFunctionsJobHost__extensions__durableTask__hub"));
    }

    [Fact]
    public void A_setting_that_is_missing_or_out_of_range_stops_the_app()
    {
        var missing = Assert.Throws<OptionsValidationException>(() => AppSettings.Validate(Sample().Where(s => s.Key != "Mail__From")));
        var wrong = Assert.Throws<OptionsValidationException>(() => AppSettings.Validate(Sample().Where(s => s.Key != "Ordering__StepAttempts").Append(new("Ordering__StepAttempts", "0"))));

        Assert.Contains("Mail:From", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Ordering:StepAttempts", wrong.Message, StringComparison.Ordinal);
    }

    /// <summary>References into the vault resolved to a secret, and addresses that only Azure knows to some address.</summary>
    private static IEnumerable<KeyValuePair<string, string>> AsTheAppSeesThem(IReadOnlyDictionary<string, string> settings) => settings.Select(s => KeyValuePair.Create(
        s.Key,
        VaultReference().IsMatch(s.Value) ? Convert.ToBase64String(new byte[32]) : UnknownPart().Replace(s.Value, "https://unknown.example.com/")));

    private static Dictionary<string, string> Sample() => JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Full("local.settings.sample.json"))).RootElement
        .GetProperty("Values").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);

    private static string ClientIdOf(Deployment deployment) =>
        $"<Microsoft.ManagedIdentity/userAssignedIdentities/{deployment.Of("Microsoft.ManagedIdentity/userAssignedIdentities").Single().Name}.properties.clientId>";

    /// <summary>Names that end like a secret's and are none.</summary>
    private static bool IsNoSecret(string name) => name is "PersonalData__MasterKey" or "PersonalData__KeyVaultSecret";

    [GeneratedRegex(@"^@Microsoft\.KeyVault\(VaultName=(?<vault>[^;]+);SecretName=(?<secret>[^)]+)\)$", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex VaultReference();

    [GeneratedRegex("<[^>]+>", RegexOptions.None, 5000)]
    private static partial Regex UnknownPart();

    [GeneratedRegex("(Secret|Key|Password|Token)$", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex SecretName();
}
