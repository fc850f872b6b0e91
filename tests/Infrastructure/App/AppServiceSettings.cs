using EventFunctions.Infrastructure.Tests.Bicep.Evaluation;

namespace EventFunctions.Infrastructure.Tests.App;

/// <summary>The settings that the deployed app gets.</summary>
public static class AppServiceSettings
{
    /// <summary>The settings by name. What only Azure can tell is in angle brackets.</summary>
    public static IReadOnlyDictionary<string, string> Of(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        var configuration = Assert.Single(deployment.Of("Microsoft.Web/sites/config"), c => c.Name == "appsettings");
        return ((MapValue)configuration.Property("properties")!.Known()).Entries.ToDictionary(e => e.Key, e => $"{e.Value}");
    }
}
