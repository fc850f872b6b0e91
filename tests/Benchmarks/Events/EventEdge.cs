using System.Text.Json;
using EventFunctions.Benchmarks.Reporting;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;

namespace EventFunctions.Benchmarks.Events;

/// <summary>What an event costs the processor at the edge of the store: checked, written, read, and read from an old version.</summary>
internal sealed class EventEdge : IBenchmark
{
    private const int PerSample = 500;
    private const int Rounds = 200;
    private const int Lines = 5;

    private readonly EventTypeRegistry _registry = EventTypeRegistry.FromAssemblies(typeof(Order).Assembly);

    public string Name => "event-edge";

    public string Description => "An order-placed event checked, written, read, and read from its first version.";

    public Task<IReadOnlyList<Figure>> RunAsync(double scale, CancellationToken cancellationToken)
    {
        var (validator, serializer) = (new EventValidator(_registry), new EventSerializer(_registry));
        var orderId = new OrderId(Guid.NewGuid());
        var newest = Newest(orderId);
        var envelope = Envelop(orderId, newest);
        var written = serializer.Write(envelope);
        var json = JsonSerializer.SerializeToUtf8Bytes(written, EventJson.Options);
        var first = First(newest);
        var firstJson = JsonSerializer.SerializeToUtf8Bytes(
            written with { SchemaVersion = 1, Data = JsonSerializer.SerializeToElement(first, EventJson.Options) }, EventJson.Options);
        (string What, Action Work)[] works =
        [
            ("check before the append", () => validator.Problems(newest)),
            ("write", () => JsonSerializer.SerializeToUtf8Bytes(serializer.Write(envelope), EventJson.Options)),
            ("read", () => serializer.Read(json)),
            ("read without a registry: document and data", () => ReadBare(json)),
            ("read from version 1", () => serializer.Read(firstJson)),
        ];
        var samples = works.Select(_ => new List<double>()).ToList();
        for (var round = -Rounds / 4; round < Math.Max(5, Rounds * scale); round++)
        {
            for (var i = 0; i < works.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var took = Time(works[i].Work);
                if (round >= 0)
                {
                    samples[i].Add(took);
                }
            }
        }

        return Task.FromResult<IReadOnlyList<Figure>>([.. works.Select((work, i) => Tell(work.What, new Samples(samples[i])))]);
    }

    private static double Time(Action work)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < PerSample; i++)
        {
            work();
        }

        return TimeProvider.System.GetElapsedTime(began).TotalMicroseconds / PerSample;
    }

    private static void ReadBare(byte[] json) =>
        JsonSerializer.Deserialize<EventDocument>(json, EventJson.Options)!.Data.Deserialize<OrderPlaced>(EventJson.Options);

    private static OrderPlaced Newest(OrderId orderId)
    {
        var lines = new OrderLines(Enumerable.Range(1, Lines)
            .Select(n => new OrderLine(new ProductId($"product-{n}"), new Quantity(n), new Money(12.50m, new Currency("EUR")))));
        var address = new Address("Ada Byron", "1 Engine Street", null, "10115", "Berlin", "DE");
        return new OrderPlaced(orderId, new CustomerId("customer-1"), lines, lines.Total, address, new PaymentToken("tok_ok"));
    }

    private static OrderPlacedV1 First(OrderPlaced newest) => new(
        newest.OrderId,
        newest.CustomerId,
        [.. newest.Lines.Select(l => new OrderLineV1(l.ProductId, l.Quantity, l.UnitPrice.Amount))],
        newest.Total.Amount,
        newest.PaymentToken);

    private Figure Tell(string what, Samples samples) => new(Name, $"order-placed, {Lines} lines: {what}", samples.Median, "us", samples.Count);

    private EventEnvelope Envelop(OrderId orderId, OrderPlaced data)
    {
        var type = _registry.Get(data.GetType());
        var metadata = new EventMetadata(Guid.NewGuid(), "benchmark", Source: "benchmark");
        return new EventEnvelope(
            Guid.NewGuid(), Order.StreamOf(orderId), 1, type.Name, type.SchemaVersion, DateTimeOffset.UnixEpoch, data, metadata);
    }
}
