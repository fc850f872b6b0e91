using System.Text.Json;
using System.Text.RegularExpressions;
using EventFunctions.Infrastructure.Tests.App;
using EventFunctions.Infrastructure.Tests.Repository;
using Microsoft.Extensions.Options;

namespace EventFunctions.Infrastructure.Tests.Tests;

/// <summary>The settings of the deployed app and of the sample: those that are needed are there, and none is there for nobody.</summary>
[Collection(InfrastructureCollection.Name)]
public sealed partial class SettingsTests(Repository.Infrastructure infrastructure)
{
    [BicepFact]
    public void The_app_starts_with_the_settings_that_are_deployed() => Assert.All(
        infrastructure.All(), d => AppSettings.Validate(AsTheAppSeesThem(AppServiceSettings.Of(d.Deployment))));

    [BicepFact]
    public void Every_setting_that_a_binding_names_is_deployed() => Assert.All(infrastructure.All(), d =>
        Assert.Empty(AppFunctions.PercentSettings().Except(AppServiceSettings.Of(d.Deployment).Keys)));

    [BicepFact]
    public void Every_setting_that_is_deployed_is_read_by_somebody() => Assert.All(infrastructure.All(), d =>
        Assert.DoesNotContain(AppServiceSettings.Of(d.Deployment).Keys, name => !infrastructure.Settings.IsRead(name)));

    [Fact]
    public void The_app_starts_with_the_settings_of_the_sample() => AppSettings.Validate(Sample());

    [Fact]
    public void The_sample_has_every_connection_and_setting_that_a_binding_or_the_host_names() =>
        Assert.Empty(infrastructure.Settings.Connections.Concat(AppFunctions.PercentSettings()).Except(Sample().Keys));

    [Fact]
    public void Every_setting_of_the_sample_is_read_by_somebody_and_explained()
    {
        var explained = File.ReadAllText(RepositoryFiles.Full("docs/settings.md"));

        Assert.All(Sample().Keys, name =>
        {
            Assert.True(infrastructure.Settings.IsRead(name), name);
            Assert.Contains($"`{name}`", explained, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_setting_of_the_app_is_in_the_sample()
    {
        var sample = Sample().Keys.ToList();

        Assert.True(infrastructure.Settings.OfApp.Count > 80, $"Only {infrastructure.Settings.OfApp.Count} settings were found.");
        Assert.Empty(infrastructure.Settings.OfApp.Where(name => !sample.Any(s => s == name || (name.EndsWith('*') && s.StartsWith(name[..^1], StringComparison.Ordinal)))).Order());
    }

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
        var settings = infrastructure.Settings;

        Assert.True(settings.IsRead("Ordering__ReviewTimeout"));
        Assert.True(settings.IsRead("Ordering__ReviewAbove__EUR"));
        Assert.True(settings.IsRead("CosmosDatabase"));
        Assert.True(settings.IsRead("AzureFunctionsJobHost__extensions__durableTask__hubName"));
        Assert.False(settings.IsRead("Ordering__ReviewTimout"));
        Assert.False(settings.IsRead("Ordering"));
        Assert.False(settings.IsRead("Ordering__ReviewTimeout__EUR"));
        Assert.False(settings.IsRead("Ordering__ReviewAbove"));
        Assert.False(settings.IsRead("Mail__HasSender"));
        Assert.False(settings.IsRead("OtherConnection__clientId"));
        Assert.False(settings.IsRead("CosmosConnection__endpoint"));
        Assert.False(settings.IsRead("AzureFunctionsJobHost__extensions__durableTask__hub"));
    }

    [Fact]
    public void A_setting_that_is_missing_or_out_of_range_stops_the_app()
    {
        var missing = Assert.Throws<OptionsValidationException>(() => AppSettings.Validate(Sample().Where(s => s.Key != "Mail__From")));
        var wrong = Assert.Throws<OptionsValidationException>(() => AppSettings.Validate(Sample().Where(s => s.Key != "Ordering__StepAttempts").Append(new("Ordering__StepAttempts", "0"))));

        Assert.Contains("Mail:From", missing.Message, StringComparison.Ordinal);
        Assert.Contains("Ordering:StepAttempts", wrong.Message, StringComparison.Ordinal);
    }

    /// <summary>References into the vault resolved to a secret, and what only Azure knows replaced by something of its kind.</summary>
    private static IEnumerable<KeyValuePair<string, string>> AsTheAppSeesThem(IReadOnlyDictionary<string, string> settings) => settings.Select(s => KeyValuePair.Create(
        s.Key,
        VaultReference().IsMatch(s.Value) ? Convert.ToBase64String(new byte[32]) : UnknownPart().Replace(s.Value, part => Standin(part.Value))));

    private static string Standin(string unknown) => unknown switch
    {
        _ when unknown.EndsWith(".clientId>", StringComparison.Ordinal) => "00000000-0000-0000-0000-000000000000",
        _ when unknown.EndsWith(".ConnectionString>", StringComparison.Ordinal) => "InstrumentationKey=00000000-0000-0000-0000-000000000000",
        _ => "https://unknown.example.com/",
    };

    private static Dictionary<string, string> Sample() => JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Full("local.settings.sample.json"))).RootElement
        .GetProperty("Values").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);

    /// <summary>Names that end like a secret's and are none.</summary>
    private static bool IsNoSecret(string name) => name is "PersonalData__MasterKey" or "PersonalData__KeyVaultSecret";

    [GeneratedRegex(@"^@Microsoft\.KeyVault\(VaultName=(?<vault>[^;]+);SecretName=(?<secret>[^)]+)\)$", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex VaultReference();

    [GeneratedRegex("<[^>]+>", RegexOptions.None, 5000)]
    private static partial Regex UnknownPart();

    [GeneratedRegex("(Secret|Key|Password|Token)$", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex SecretName();
}
