using System.Data.Common;
using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Configuration;

namespace EventFunctions.Composition;

/// <summary>
/// Opens the connections the bindings use, from the same settings: a connection string under the connection's name, or an
/// endpoint below it with an identity (https://learn.microsoft.com/azure/azure-functions/functions-reference#connections).
/// </summary>
public static class Connections
{
    /// <summary>The name of the Cosmos DB connection.</summary>
    public const string Cosmos = "CosmosConnection";

    /// <summary>The name of the Service Bus connection.</summary>
    public const string ServiceBus = "ServiceBusConnection";

    /// <summary>The setting that names the database.</summary>
    public const string DatabaseSetting = "CosmosDatabase";

    /// <summary>The setting below <see cref="Cosmos"/> that names the account to be reached with an identity.</summary>
    internal const string CosmosEndpoint = "accountEndpoint";

    /// <summary>The setting below <see cref="ServiceBus"/> that names the namespace to be reached with an identity.</summary>
    internal const string ServiceBusEndpoint = "fullyQualifiedNamespace";

    /// <summary>What to do where no setting names the database.</summary>
    internal const string DatabaseRemedy = $"Set '{DatabaseSetting}' to the name of the database.";

    /// <summary>A client for the Cosmos DB account.</summary>
    /// <exception cref="InvalidOperationException">No setting names the account.</exception>
    public static CosmosClient OpenCosmos(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(Cosmos);
        if (section.Value is { Length: > 0 } connectionString)
        {
            return new CosmosClient(connectionString, CosmosOptions(EndpointOf(connectionString), configuration));
        }

        var endpoint = section[CosmosEndpoint] ?? throw Missing(Cosmos, CosmosEndpoint);
        return new CosmosClient(endpoint, ConnectionIdentity.Of(section), CosmosOptions(new Uri(endpoint), configuration));
    }

    /// <summary>A client for the Service Bus namespace.</summary>
    /// <exception cref="InvalidOperationException">No setting names the namespace.</exception>
    public static ServiceBusClient OpenServiceBus(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var section = configuration.GetSection(ServiceBus);
        return section.Value is { Length: > 0 } connectionString
            ? new ServiceBusClient(connectionString)
            : new ServiceBusClient(
                section[ServiceBusEndpoint] ?? throw Missing(ServiceBus, ServiceBusEndpoint), ConnectionIdentity.Of(section));
    }

    /// <summary>What to do where no setting names what a connection leads to.</summary>
    internal static string Remedy(string connection, string endpointSetting) =>
        $"Set '{connection}' to a connection string, or '{connection}__{endpointSetting}' to an endpoint reached with an identity.";

    /// <summary>How the account is spoken to: directly on Azure, through the gateway where only that is served.</summary>
    private static CosmosClientOptions CosmosOptions(Uri endpoint, IConfiguration configuration) => new()
    {
        ApplicationName = "EventFunctions",
        ConnectionMode = endpoint.IsLoopback ? ConnectionMode.Gateway : ConnectionMode.Direct,
        LimitToEndpoint = endpoint.IsLoopback,
        UseSystemTextJsonSerializerWithOptions = EventJson.Options,

        // The client makes no spans unless it is told to (https://learn.microsoft.com/azure/cosmos-db/nosql/sdk-observability).
        CosmosClientTelemetryOptions = new() { DisableDistributedTracing = !TelemetrySettings.Of(configuration).IsExported },
    };

    private static Uri EndpointOf(string connectionString)
    {
        var parts = new DbConnectionStringBuilder { ConnectionString = connectionString };
        return parts.TryGetValue("AccountEndpoint", out var value) && Uri.TryCreate(value as string, UriKind.Absolute, out var endpoint)
            ? endpoint
            : throw new InvalidOperationException($"'{Cosmos}' is not a Cosmos DB connection string: it names no AccountEndpoint.");
    }

    private static InvalidOperationException Missing(string connection, string endpointSetting) => new(Remedy(connection, endpointSetting));
}
