using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EventFunctions.Composition;

/// <summary>What the connections need, gathered so that a setting that is missing is told at the start and not by the first request.</summary>
internal sealed class ConnectionSettings
{
    /// <summary>Connection string or endpoint of the Cosmos DB account.</summary>
    public string? Cosmos { get; set; }

    /// <summary>Name of the database.</summary>
    public string? Database { get; set; }

    /// <summary>Connection string or endpoint of the Service Bus namespace.</summary>
    public string? ServiceBus { get; set; }

    /// <summary>Has the settings checked when the app starts; those of a client that is registered already are not needed.</summary>
    public static void CheckAtStart(IServiceCollection services, IConfiguration configuration)
    {
        var hasCosmos = services.Any(s => s.ServiceType == typeof(CosmosClient));
        var hasServiceBus = services.Any(s => s.ServiceType == typeof(ServiceBusClient));
        services.AddOptions<ConnectionSettings>()
            .Configure(settings =>
            {
                settings.Cosmos = AddressOf(configuration, Connections.Cosmos, Connections.CosmosEndpoint);
                settings.Database = configuration[Connections.DatabaseSetting];
                settings.ServiceBus = AddressOf(configuration, Connections.ServiceBus, Connections.ServiceBusEndpoint);
            })
            .Validate(s => hasCosmos || s.Cosmos is not null, Connections.Remedy(Connections.Cosmos, Connections.CosmosEndpoint))
            .Validate(s => s.Database is { Length: > 0 }, Connections.DatabaseRemedy)
            .Validate(s => hasServiceBus || s.ServiceBus is not null, Connections.Remedy(Connections.ServiceBus, Connections.ServiceBusEndpoint))
            .ValidateOnStart();
    }

    private static string? AddressOf(IConfiguration configuration, string connection, string endpoint) =>
        configuration[connection] is { Length: > 0 } connectionString ? connectionString : configuration[$"{connection}:{endpoint}"];
}
