using System.Collections.Concurrent;
using EventFunctions.Local.Functions.Discovery;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.Local.Functions.Cosmos;

/// <summary>One client per account, for all triggers.</summary>
internal sealed class CosmosClients : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<CosmosClient>> _clients = new(StringComparer.Ordinal);

    public Database Database(CosmosContainerAddress address) => Client(address.ConnectionString).GetDatabase(address.Database);

    public Container Container(CosmosContainerAddress address) => Database(address).GetContainer(address.Container);

    public void Dispose()
    {
        foreach (var client in _clients.Values.Where(client => client.IsValueCreated))
        {
            client.Value.Dispose();
        }
    }

    private CosmosClient Client(string connectionString) => _clients.GetOrAdd(
        connectionString,
        key => new Lazy<CosmosClient>(() => new CosmosClient(
            key,
            new CosmosClientOptions
            {
                ConnectionMode = ConnectionMode.Gateway,
                LimitToEndpoint = true,
                ApplicationName = "EventFunctions.Local.Functions",
            }))).Value;
}
