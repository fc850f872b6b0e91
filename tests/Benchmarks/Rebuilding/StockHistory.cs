using EventFunctions.Domain;
using EventFunctions.Domain.Inventory;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Cosmos;

namespace EventFunctions.Benchmarks.Rebuilding;

/// <summary>Streams of stock with 10 to 25 events each, written a few at a time so that they lie mixed in the feed.</summary>
/// <param name="store">Takes them.</param>
internal sealed class StockHistory(CosmosEventStore store)
{
    private const int Appends = 5;
    private const int Writers = 16;

    private static readonly EventTypeRegistry Registry = EventTypeRegistry.FromAssemblies(typeof(StockItem).Assembly);

    /// <summary>Writes the streams.</summary>
    /// <returns>How many events they have.</returns>
    public async Task<long> FillAsync(int streams, CancellationToken cancellationToken)
    {
        var heads = Enumerable.Repeat(StreamHead.Absent, streams).ToArray();
        for (var append = 0; append < Appends; append++)
        {
            await Parallel.ForAsync(0, streams, new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken }, async (i, token) =>
            {
                var product = new ProductId($"bench-{i}");
                var stream = StockItem.StreamOf(product);
                var events = Enumerable.Range(1, 2 + (i % 4)).Select(n => Envelope(product, stream, heads[i].Version + n)).ToList();
                var result = await store.AppendAsync(new StreamAppend(stream, heads[i], events, null, []), token);
                heads[i] = result is AppendResult.Appended { Token: var etag }
                    ? new StreamHead(events[^1].Version, etag, events[^1].Time, null, [])
                    : throw new InvalidOperationException($"The append was answered {result}.");
            });
        }

        return heads.Sum(head => head.Version);
    }

    private static EventEnvelope Envelope(ProductId product, StreamName stream, long version)
    {
        var order = new OrderId(NameBasedGuid.Create(Guid.Empty, $"{product}-{version / 2}"));
        StockItemEvent data = version == 1 ? new StockReplenished(product, new Quantity(1000), 0)
            : version % 2 == 0 ? new StockReserved(product, order, new Quantity(2))
            : new StockCommitted(product, order, new Quantity(2));
        var type = Registry.Get(data.GetType());
        var metadata = new EventMetadata(Guid.NewGuid(), $"correlation-{order}", order.ToString(), Source: "benchmark");
        return new EventEnvelope(Guid.NewGuid(), stream, version, type.Name, type.SchemaVersion, DateTimeOffset.UnixEpoch.AddSeconds(version), data, metadata);
    }
}
