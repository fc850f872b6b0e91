using System.Text.Json;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.Local.Cosmos;
using EventFunctions.Tests.Delivery;
using EventFunctions.Tests.Publishing;
using EventFunctions.Webhooks.Storing;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Tests.Costs;

/// <summary>The local endpoint with the declared containers, and the stores on the real SDK with a log of what they ask.</summary>
internal sealed class CostStore : IAsyncDisposable
{
    private readonly CosmosEndpoint _endpoint;
    private readonly CosmosClient _client;
    private readonly Database _database;

    private CostStore(CosmosEndpoint endpoint, CosmosClient client, Database database, CostLog log)
    {
        _endpoint = endpoint;
        _client = client;
        _database = database;
        Log = log;
    }

    public CostLog Log { get; }

    public static async Task<CostStore> StartAsync()
    {
        var endpoint = await CosmosEndpoint.StartAsync(
            new CosmosEndpointOptions(), TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        using var setup = new CosmosClient(endpoint.ConnectionString, EventStoreClientOptions.ForConnectionString(endpoint.ConnectionString, "tests"));
        Database created = await setup.CreateDatabaseAsync("eventfunctions");
        using var declared = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(SourceTree.Root, "infra", "containers.json")));
        foreach (var container in declared.RootElement.GetProperty("containers").EnumerateArray())
        {
            await created.CreateContainerAsync(
                new ContainerProperties(container.GetProperty("name").GetString(), container.GetProperty("partitionKey").GetString())
                {
                    DefaultTimeToLive = container.TryGetProperty("defaultTimeToLive", out var seconds) ? seconds.GetInt32() : null,
                });
        }

        var log = new CostLog();
        var options = EventStoreClientOptions.ForConnectionString(endpoint.ConnectionString, "tests");
        options.CustomHandlers.Add(log);
        var client = new CosmosClient(endpoint.ConnectionString, options);
        return new CostStore(endpoint, client, client.GetDatabase("eventfunctions"), log);
    }

    public ShopWorld Open()
    {
        // The clock stands still, so that a key that was fetched stays fetched however long the test takes.
        var keys = new CachedSubjectKeys(
            new CosmosSubjectKeys(_database.GetContainer("keys"), new InMemoryMasterKey(), TimeProvider.System),
            new SubjectKeyCacheOptions(TimeSpan.FromSeconds(30)),
            new StandingClock());
        var personalData = new PersonalDataVault(keys);
        var serializer = new EventSerializer(EventSamples.Registry, personalData);
        return new ShopWorld(
            new CosmosEventStore(_database.GetContainer("events"), serializer),
            new CosmosEventLookup(_database.GetContainer("events"), serializer),
            new CosmosViewStore(_database.GetContainer("views"), personalData),
            new CosmosInbox(_database.GetContainer("inbox"), new InboxOptions(), TimeProvider.System),
            personalData: personalData,
            more: services => services
                .AddSingleton<IAuditTrail>(new CosmosAuditTrail(_database.GetContainer("audit")))
                .AddSingleton(new StoredWebhooks(
                    new CosmosViewStore(_database.GetContainer("webhooks")), new CosmosViewScan(_database.GetContainer("webhooks"))))
                .AddSingleton<IWebhookDeliveries>(new StoredWebhookDeliveries(new CosmosViewStore(_database.GetContainer("webhook-deliveries")))));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _endpoint.DisposeAsync();
    }
}
