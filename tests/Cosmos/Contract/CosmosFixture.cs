using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Local.Cosmos.Tests.Contract;

/// <summary>An endpoint and the SDK as its client; each test takes containers of its own.</summary>
public class CosmosFixture : IAsyncLifetime
{
    private int _containers;

    public CosmosEndpoint Endpoint { get; private set; } = null!;

    public CosmosClient Client { get; private set; } = null!;

    public Database Database { get; private set; } = null!;

    /// <summary>How the endpoint is set up.</summary>
    protected virtual CosmosEndpointOptions Setup { get; } = new();

    public static CosmosClientOptions Options(bool bulk = false) => new()
    {
        ConnectionMode = ConnectionMode.Gateway,
        LimitToEndpoint = true,
        AllowBulkExecution = bulk,
        UseSystemTextJsonSerializerWithOptions = new System.Text.Json.JsonSerializerOptions(System.Text.Json.JsonSerializerDefaults.Web),
    };

    public async Task InitializeAsync()
    {
        Endpoint = await CosmosEndpoint.StartAsync(Setup, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        Client = new CosmosClient(Endpoint.ConnectionString, Options());
        Database = await Client.CreateDatabaseAsync("contract");
    }

    public virtual async Task DisposeAsync()
    {
        Client.Dispose();
        await Endpoint.DisposeAsync();
    }

    public async Task<Container> NewContainerAsync(int? timeToLive = null, string key = "/pk") =>
        await Database.CreateContainerAsync(new ContainerProperties($"c{Interlocked.Increment(ref _containers)}", key) { DefaultTimeToLive = timeToLive });
}

[CollectionDefinition(Name)]
public sealed class CosmosCollection : ICollectionFixture<CosmosFixture>
{
    public const string Name = "Cosmos endpoint";
}

/// <summary>The item most tests use.</summary>
public sealed record Note(string Id, string Pk, int Number, string? Text = null);
