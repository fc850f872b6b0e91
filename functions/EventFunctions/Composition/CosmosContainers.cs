using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>The containers of the database that the settings name.</summary>
internal static class CosmosContainers
{
    /// <summary>A container.</summary>
    /// <exception cref="InvalidOperationException">No setting names the database.</exception>
    public static Container Of(IServiceProvider provider, string name)
    {
        var database = provider.GetRequiredService<IConfiguration>()[Connections.DatabaseSetting]
            ?? throw new InvalidOperationException(Connections.DatabaseRemedy);
        return provider.GetRequiredService<CosmosClient>().GetContainer(database, name);
    }
}
