using EventFunctions.EventSourcing.Tests.Sample;
using EventFunctions.Local.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.EventSourcing.Cosmos.Tests.Fixture;

/// <summary>The local Cosmos endpoint with the containers of the stores, and clients for it.</summary>
public class CosmosFixture : IAsyncLifetime
{
    public const string Database = "eventfunctions";

    private readonly List<CosmosClient> _clients = [];
    private CosmosEndpoint? _endpoint;

    /// <summary>The endpoint's clock: the system's, unless a fixture has one that a test moves.</summary>
    protected virtual TimeProvider Clock => TimeProvider.System;

    /// <summary>How the endpoint is set up.</summary>
    protected virtual CosmosEndpointOptions Setup => new();

    public string ConnectionString => _endpoint!.ConnectionString;

    public Container Events { get; private set; } = null!;

    public Container Views { get; private set; } = null!;

    public Container Inbox { get; private set; } = null!;

    public Container Archive { get; private set; } = null!;

    public Container Parked { get; private set; } = null!;

    public Container Keys { get; private set; } = null!;

    public Container Audit { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await CosmosEndpoint.StartAsync(
            Setup, Clock, NullLoggerFactory.Instance, CancellationToken.None);
        var client = Client();
        Database database = await client.CreateDatabaseAsync(Database);
        Events = await database.CreateContainerAsync("events", "/stream");
        Archive = await database.CreateContainerAsync("archive", "/stream");
        Views = await database.CreateContainerAsync("views", "/partition");
        Inbox = await database.CreateContainerAsync(new ContainerProperties("inbox", "/id") { DefaultTimeToLive = -1 });
        Parked = await database.CreateContainerAsync("parked", "/stream");
        Keys = await database.CreateContainerAsync("keys", "/id");
        Audit = await database.CreateContainerAsync(new ContainerProperties("audit", "/partition") { IndexingPolicy = AuditIndexes });
    }

    /// <summary>As infra/containers.json has them.</summary>
    private static IndexingPolicy AuditIndexes => new()
    {
        IncludedPaths = { new IncludedPath { Path = "/*" } },
        CompositeIndexes =
        {
            new()
            {
                new CompositePath { Path = "/entry/user", Order = CompositePathSortOrder.Ascending },
                new CompositePath { Path = "/time", Order = CompositePathSortOrder.Descending },
            },
        },
    };

    public virtual async Task DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await _endpoint!.DisposeAsync();
    }

    /// <summary>A client with the options of the stores, whose requests pass the handlers.</summary>
    public CosmosClient Client(params IEnumerable<RequestHandler> handlers)
    {
        var options = EventStoreClientOptions.ForConnectionString(ConnectionString, "tests");
        foreach (var handler in handlers)
        {
            options.CustomHandlers.Add(handler);
        }

        var client = new CosmosClient(ConnectionString, options);
        _clients.Add(client);
        return client;
    }

    /// <summary>An event store, on a client of the test's own where it has one.</summary>
    public CosmosEventStore EventStore(CosmosClient? client = null) => new(On(Events, client), WalletFixtures.Serializer);

    /// <summary>What finds single events, on a client of the test's own where it has one.</summary>
    public CosmosEventLookup EventLookup(CosmosClient? client = null) => new(On(Events, client), WalletFixtures.Serializer);

    /// <summary>A view store, on a client of the test's own where it has one.</summary>
    public CosmosViewStore ViewStore(CosmosClient? client = null) => new(On(Views, client));

    /// <summary>An inbox, on a client of the test's own where it has one.</summary>
    public CosmosInbox InboxOf(CosmosClient? client = null) => new(On(Inbox, client), new InboxOptions(), Clock);

    /// <summary>People's keys in a container of the test's own, on a client of its own where it has one.</summary>
    public async Task<Container> NewKeysAsync()
    {
        return await Keys.Database.CreateContainerAsync($"keys-{Guid.NewGuid():N}", "/id");
    }

    /// <summary>Every port, on a client of the test's own where it has one.</summary>
    public StorePorts Ports(CosmosClient? client = null) => PortsOf(On(Events, client), On(Archive, client));

    /// <summary>Every port of a store of the test's own, with its two containers.</summary>
    public async Task<(StorePorts Ports, Container Events, Container Archive)> NewStoreAsync()
    {
        var name = Guid.NewGuid().ToString("N");
        Container events = await Events.Database.CreateContainerAsync($"events-{name}", "/stream");
        Container archive = await Events.Database.CreateContainerAsync($"archive-{name}", "/stream");
        return (PortsOf(events, archive), events, archive);
    }

    private static StorePorts PortsOf(Container events, Container archived)
    {
        var tombstones = new CosmosTombstones(events);
        var archive = new CosmosEventArchive(archived);
        var truncated = new TruncatedStreams(tombstones, archive, WalletFixtures.Serializer);
        return new StorePorts(
            new CosmosEventStore(events, WalletFixtures.Serializer, truncated),
            new CosmosEventLookup(events, WalletFixtures.Serializer, truncated),
            new CosmosStreamDirectory(events),
            new CosmosStreamItems(events),
            archive,
            tombstones);
    }

    private static Container On(Container container, CosmosClient? client) =>
        client is null ? container : client.GetContainer(Database, container.Id);
}
