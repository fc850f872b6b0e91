using EventFunctions.Infrastructure.Tests.App;
using EventFunctions.Infrastructure.Tests.Repository;
using EventFunctions.Infrastructure.Tests.Roles;
using EventFunctions.Infrastructure.Tests.Snippets;

namespace EventFunctions.Infrastructure.Tests.Tests;

/// <summary>Roles cover what the code does, and nothing else.</summary>
[Collection(InfrastructureCollection.Name)]
public sealed class RoleTests(Repository.Infrastructure infrastructure)
{
    [BicepFact]
    public void The_roles_that_are_assigned_are_those_that_are_needed() => Assert.All(infrastructure.All(), d =>
    {
        var main = infrastructure.Files.Read(Repository.Infrastructure.Main);
        var app = $"<Microsoft.ManagedIdentity/userAssignedIdentities/{d.Deployment.Of("Microsoft.ManagedIdentity/userAssignedIdentities").Single().Name}.properties.principalId>";
        var needed = NeededRole.Load().Where(r => r.IsNeeded(d.Configuration, main)).Select(r => new AssignedRole(r.Who == "app" ? app : r.Who, r.Id, r.On));

        Assert.Equal(needed.OrderBy(r => r.ToString()), AssignedRole.In(d.Deployment).OrderBy(r => r.ToString()));
    });

    [Fact]
    public void What_a_role_is_needed_for_is_something_that_the_app_does()
    {
        var called = AppReferences.Methods();

        Assert.Empty(NeededRole.Load().Where(r => r.Evidence is { } method && !called.Contains(method)).Select(r => $"{r.Role}: nobody calls {r.Evidence}"));
    }

    [Fact]
    public void The_app_does_nothing_that_its_roles_forbid()
    {
        // To make or delete containers takes a role of the control plane; to set a secret or a role takes officers and owners.
        string[] forbidden =
        [
            "Microsoft.Azure.Cosmos.CosmosClient.CreateDatabaseIfNotExistsAsync", "Microsoft.Azure.Cosmos.Database.CreateContainerIfNotExistsAsync",
            "Microsoft.Azure.Cosmos.Database.CreateContainerAsync", "Microsoft.Azure.Cosmos.Container.DeleteContainerAsync",
            "Microsoft.Azure.Cosmos.Container.ReplaceThroughputAsync", "Azure.Security.KeyVault.Secrets.SecretClient.SetSecretAsync",
            "Azure.Messaging.ServiceBus.Administration.ServiceBusAdministrationClient..ctor",
        ];

        Assert.Empty(AppReferences.Methods().Intersect(forbidden));
    }

    [BicepFact]
    public void A_role_on_something_that_is_not_deployed_is_seen()
    {
        var deployment = new Snippet(infrastructure.Parser, """
            resource r 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
              name: guid('x')
              properties: {
                principalId: 'somebody'
                roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'owner')
              }
            }
            """).Deploy();

        var assigned = Assert.Single(AssignedRole.In(deployment));
        Assert.Equal(("somebody", "owner"), (assigned.Who, assigned.Id));
        Assert.StartsWith("nothing that is deployed", assigned.On, StringComparison.Ordinal);
    }
}
