using System.Text.Json;
using EventFunctions.Infrastructure.Tests.App;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Repository;

namespace EventFunctions.Infrastructure.Tests.Tests;

/// <summary>Connections lead to what is deployed, with the identity of the app.</summary>
[Collection(InfrastructureCollection.Name)]
public sealed class ConnectionTests(Repository.Infrastructure infrastructure)
{
    [BicepFact]
    public void Every_connection_is_made_with_the_identity_of_the_app() => Assert.All(infrastructure.All(), d =>
    {
        var settings = AppServiceSettings.Of(d.Deployment);
        var clientId = ClientIdOf(d.Deployment);
        var used = infrastructure.Settings.Connections.Where(c => c != "DurableTaskSchedulerConnection").ToList();

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

    private static string ClientIdOf(Deployment deployment) =>
        $"<Microsoft.ManagedIdentity/userAssignedIdentities/{deployment.Of("Microsoft.ManagedIdentity/userAssignedIdentities").Single().Name}.properties.clientId>";
}
