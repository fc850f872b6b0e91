using System.Text.Json;
using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;
using EventFunctions.Infrastructure.Tests.Bicep.Model;
using EventFunctions.Infrastructure.Tests.Repository;

namespace EventFunctions.Infrastructure.Tests.Roles;

/// <summary>A role that somebody needs, and why.</summary>
/// <param name="Who"><c>app</c> for the app's identity, or an object id.</param>
/// <param name="Role">The role's name.</param>
/// <param name="Id">The role's id.</param>
/// <param name="On">The type of what it is assigned on; no more than is needed.</param>
/// <param name="When">The parameters that it depends on.</param>
/// <param name="Evidence">A method that the app calls and that needs the role; null where the host needs it.</param>
public sealed record NeededRole(string Who, string Role, string Id, string On, IReadOnlyDictionary<string, string> When, string? Evidence)
{
    /// <summary>What the code and the host do, as roles.</summary>
    public static IReadOnlyList<NeededRole> Load()
    {
        using var table = JsonDocument.Parse(File.ReadAllText(RepositoryFiles.Full("tests/Infrastructure/Roles/roles.json")));
        return [.. table.RootElement.GetProperty("roles").EnumerateArray().Select(r => new NeededRole(
            r.GetProperty("who").GetString()!,
            r.GetProperty("role").GetString()!,
            r.GetProperty("id").GetString()!,
            r.GetProperty("on").GetString()!,
            r.TryGetProperty("when", out var when) ? when.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!) : [],
            r.TryGetProperty("evidence", out var evidence) ? evidence.GetString() : null))];
    }

    /// <summary>Whether it is needed where these parameters are chosen; the main file knows their defaults.</summary>
    public bool IsNeeded(Configuration configuration, BicepFile main) => When.All(w => configuration.Has(w.Key, w.Value)
        || (!configuration.Chosen.ContainsKey(w.Key) && main.All<Parameter>().Single(p => p.Name == w.Key).Default is Literal value && $"{value.Value}".Equals(w.Value, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>A role that is assigned.</summary>
/// <param name="Who">The object id that it is assigned to.</param>
/// <param name="Id">The role's id.</param>
/// <param name="On">The type of what it is assigned on.</param>
public sealed record AssignedRole(string Who, string Id, string On)
{
    /// <summary>Every role that a deployment assigns, in Azure and in Cosmos DB's own roles for data.</summary>
    public static IEnumerable<AssignedRole> In(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        var azure = deployment.Of("Microsoft.Authorization/roleAssignments").Select(r => (Resource: r, Scope: r.Scope));
        var cosmos = deployment.Of("Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments").Select(r => (Resource: r, Scope: $"{r.Property("properties.scope")}"));
        return azure.Concat(cosmos).Select(r => new AssignedRole(
            $"{r.Resource.Property("properties.principalId")}",
            $"{r.Resource.Property("properties.roleDefinitionId")}".Split('/')[^1],
            TypeOf(deployment, r.Scope)));
    }

    /// <summary>The type of what an id names; Cosmos DB calls a database <c>dbs</c> in the scopes of its own roles.</summary>
    private static string TypeOf(Deployment deployment, string scope) =>
        deployment.All.FirstOrDefault(r => r.Id == scope.Replace("/dbs/", "/sqlDatabases/", StringComparison.Ordinal))?.Type ?? $"nothing that is deployed: {scope}";
}
