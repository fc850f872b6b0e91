using System.Text.Json;
using EventFunctions.Domain;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.EventSourcing.Testing;

namespace EventFunctions.Tests.Publishing;

/// <summary>Events as the store keeps them.</summary>
internal static class EventSamples
{
    public static readonly EventTypeRegistry Registry = EventTypeRegistry.FromAssemblies(typeof(Order).Assembly);
    public static readonly EventSerializer Serializer = new(Registry);
    public static readonly OrderId SampleOrder = new(new Guid("6b1f2ad0-9f0e-4a52-8f0c-2f1f7c2e5a01"));

    public static EventEnvelope Envelope(IDomainEvent data, StreamName stream, long version = 1, string correlationId = "corr-1") =>
        new EnvelopeBuilder(Registry)
        {
            CorrelationId = correlationId,
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        }.At(stream, version, data);

    public static EventEnvelope Confirmed(long version = 2) =>
        Envelope(new OrderConfirmed(SampleOrder, new CustomerId("customer-1")), Order.StreamOf(SampleOrder), version);

    public static OrderPlaced Placed(OrderId? orderId = null)
    {
        var lines = new OrderLines([new OrderLine(new ProductId("apple"), new Quantity(2), new Money(5, new Currency("EUR")))]);
        return new OrderPlaced(
            orderId ?? SampleOrder,
            new CustomerId("customer-1"),
            lines,
            lines.Total,
            new Address("A. Buyer", "Street 1", null, "12345", "Town", "DE"),
            new PaymentToken("tok_ok"));
    }

    /// <summary>The event as the change feed hands it out: with the properties the store adds.</summary>
    public static JsonElement Document(EventEnvelope envelope)
    {
        var json = JsonSerializer.SerializeToNode(Serializer.Write(envelope), EventJson.Options)!.AsObject();
        json["_rid"] = "abc==";
        json["_etag"] = "\"0000\"";
        json["_ts"] = 1767268800;
        return JsonSerializer.SerializeToElement(json);
    }

    public static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement.Clone();
}
