using System.Text.RegularExpressions;
using EventFunctions.Infrastructure.Tests.App;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation.Functions;
using EventFunctions.Infrastructure.Tests.Repository;
using Microsoft.Azure.Functions.Worker;

namespace EventFunctions.Infrastructure.Tests.Tests;

/// <summary>What is deployed to Cosmos DB is what containers.json declares and what the app opens.</summary>
[Collection(InfrastructureCollection.Name)]
public sealed partial class StoreTests(Repository.Infrastructure infrastructure)
{
    private const string Account = "Microsoft.DocumentDB/databaseAccounts";
    private const string Container = Account + "/sqlDatabases/containers";

    [BicepFact]
    public void Every_container_that_the_app_opens_is_deployed_and_no_other()
    {
        var opened = RepositoryFiles.Below("functions/EventFunctions", "*.cs")
            .SelectMany(path => OpenedContainer().Matches(infrastructure.Files.ReadText(path))).Select(m => m.Groups["name"].Value);
        var triggers = AppFunctions.Triggers<CosmosDBTriggerAttribute>().SelectMany(t => new[] { t.ContainerName, t.LeaseContainerName! });

        Assert.Equal(
            opened.Concat(triggers).Distinct().Order(),
            infrastructure.Deploy(Configuration.Default).Of(Container).Select(c => c.Name).Order());
    }

    [BicepFact]
    public void Every_container_is_deployed_as_it_is_declared() => Assert.All(infrastructure.All(), d =>
    {
        var declared = ((ListValue)((MapValue)Json.Read(infrastructure.Files.ReadText("infra/containers.json")))["containers"]!).Items.Cast<MapValue>()
            .ToDictionary(c => $"{c["name"]}");
        var deployed = d.Deployment.Of(Container).ToDictionary(c => c.Name);

        Assert.Equal(declared.Keys.Order(), deployed.Keys.Order());
        Assert.All(deployed, c =>
        {
            Assert.Equal($"{c.Key}", $"{c.Value.Property("properties.resource.id")}");
            Assert.Equal($"[{declared[c.Key]["partitionKey"]}]", $"{c.Value.Property("properties.resource.partitionKey.paths")}");
            Assert.Equal($"{declared[c.Key]["defaultTimeToLive"]}", $"{c.Value.Property("properties.resource.defaultTtl")}");
            Assert.Equal($"{declared[c.Key]["indexingPolicy"]}", $"{c.Value.Property("properties.resource.indexingPolicy")}");
        });
    });

    [BicepFact]
    public void The_database_is_the_one_that_the_triggers_setting_names() => Assert.All(infrastructure.All(), d => Assert.Equal(
        d.Deployment.Of(Account + "/sqlDatabases").Single().Name, AppServiceSettings.Of(d.Deployment)["CosmosDatabase"]));

    [BicepFact]
    public void Throughput_is_provisioned_where_capacity_is_not_paid_by_request() => Assert.All(infrastructure.All(), d =>
    {
        var isServerless = d.Deployment.Of(Account).Single().Property("properties.capabilities") is ListValue { Items.Count: > 0 };
        var provisioned = d.Deployment.Resources.Where(r => r.Property("properties.options.autoscaleSettings") is not null).ToList();

        Assert.Equal(!d.Configuration.Has("databaseCapacity", "Autoscale"), isServerless);
        Assert.Equal(isServerless, provisioned.Count == 0);
    });

    [GeneratedRegex(@"CosmosContainers\.Of\(\w+, ""(?<name>[^""]+)""\)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex OpenedContainer();
}
