using EventFunctions.Local.Functions.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Local.Functions.Durable.Management;

/// <summary>Registers the management API.</summary>
internal static class ManagementComposition
{
    /// <summary>Adds what the API is made of.</summary>
    public static void Register(IServiceCollection services, LocalFunctionsOptions options, DurableHostOptions host)
    {
        services.AddSingleton<ManagementKey>();
        services.AddSingleton(new TaskHubParameter(host.HubName));
        services.AddSingleton(provider => new CheckStatus(
            ManagementAddress.RequiredQuery(host.HubName, provider.GetRequiredService<ManagementKey>().Query)));
        services.AddSingleton<InstanceQueries>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<InstanceStarts>(provider, options.TimeProvider));
        services.AddSingleton<InstanceSteering>();
        services.AddSingleton<InstancePurges>();
        services.AddSingleton<ManagementApi>();
    }
}
