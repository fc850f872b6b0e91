using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;
using EventFunctions.Local.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventFunctions.Benchmarks.Streams;

/// <summary>A store with streams of stock that can be made as long as wanted.</summary>
internal sealed class StockStreams : IAsyncDisposable
{
    /// <summary>The most events that go into one batch beside the head.</summary>
    private const int BatchLength = 99;

    private readonly CosmosEndpoint _endpoint;
    private readonly CosmosClient _client;
    private readonly CosmosEventStore _store;
    private readonly EventTypeRegistry _registry = EventTypeRegistry.FromAssemblies(typeof(StockItem).Assembly);

    private StockStreams(CosmosEndpoint endpoint, CosmosClient client, Container container)
    {
        _endpoint = endpoint;
        _client = client;
        _store = new CosmosEventStore(container, new EventSerializer(_registry));
    }

    public static async Task<StockStreams> StartAsync(CancellationToken cancellationToken)
    {
        var endpoint = await CosmosEndpoint.StartAsync(new CosmosEndpointOptions(), TimeProvider.System, NullLoggerFactory.Instance, cancellationToken);
        var client = new CosmosClient(
            endpoint.ConnectionString, EventStoreClientOptions.ForConnectionString(endpoint.ConnectionString, "EventFunctions.Benchmarks"));
        Database database = await client.CreateDatabaseIfNotExistsAsync("benchmarks", cancellationToken: cancellationToken);
        return new StockStreams(endpoint, client, await database.CreateContainerIfNotExistsAsync("events", "/stream", cancellationToken: cancellationToken));
    }

    /// <summary>A repository on the store.</summary>
    public AggregateRepository<StockItem, StockItemEvent> Repository(AggregateRepositoryOptions options) => new(_store, _registry, options, TimeProvider.System);

    /// <summary>Appends as many events to a stream, in as few batches as can be.</summary>
    public static async Task AppendAsync(
        AggregateRepository<StockItem, StockItemEvent> repository, ProductId product, int events, CancellationToken cancellationToken)
    {
        for (var left = events; left > 0; left -= BatchLength)
        {
            var batch = Enumerable.Repeat<StockItemEvent>(new StockReplenished(product, new Quantity(1), 0), Math.Min(left, BatchLength)).ToList();
            var context = new CommandContext(new EventMetadata(Guid.NewGuid(), "benchmark", Source: "benchmark"));
            var result = await repository.ExecuteAsync(
                StockItem.StreamOf(product), context, _ => Decision<StockItemEvent>.Accept(batch), cancellationToken);
            if (result is not CommandResult<StockItem>.Committed)
            {
                throw new InvalidOperationException($"The append was answered {result}.");
            }
        }
    }

    /// <summary>How long each of many runs of the same work takes, in microseconds.</summary>
    public static async Task<Samples> TimeAsync(int count, Func<Task> work)
    {
        var measured = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await work();
            measured.Add(TimeProvider.System.GetElapsedTime(began).TotalMicroseconds);
        }

        return new Samples(measured);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _endpoint.DisposeAsync();
    }
}
