using System.Text;
using System.Text.Json.Nodes;
using EventFunctions.Domain.Ordering;
using EventFunctions.EventSourcing;
using EventFunctions.Publishing;
using static EventFunctions.Tests.Publishing.EventSamples;

namespace EventFunctions.Tests.Publishing;

public sealed class EventMessageMapperTests
{
    private readonly EventMessageMapper _mapper = new(Serializer);

    [Fact]
    public void An_event_becomes_a_message_that_carries_everything_a_consumer_routes_by()
    {
        var envelope = Confirmed();

        var published = Assert.IsType<RelayedDocument.Publishable>(_mapper.Map(Document(envelope)));

        var message = published.Message;
        Assert.Equal("ordering-events", published.Topic);
        Assert.Equal(envelope.EventId.ToString(), message.MessageId);
        Assert.Equal(envelope.Stream.Value, message.SessionId);
        Assert.Equal("order-confirmed", message.Subject);
        Assert.Equal("corr-1", message.CorrelationId);
        Assert.Equal("application/json", message.ContentType);
        Assert.Equal(1, message.ApplicationProperties["schemaVersion"]);
        Assert.Equal(2L, message.ApplicationProperties["streamVersion"]);
        Assert.Equal(envelope.Metadata.TraceParent, message.ApplicationProperties["traceparent"]);
        Assert.False(message.ApplicationProperties.ContainsKey("tenant"));
        Assert.False(message.ApplicationProperties.ContainsKey("process"));
    }

    [Fact]
    public void An_event_that_a_process_leads_names_it_to_the_rules()
    {
        var envelope = Confirmed();
        var led = envelope with { Metadata = envelope.Metadata with { Process = "order-choreography" } };

        var published = Assert.IsType<RelayedDocument.Publishable>(_mapper.Map(Document(led)));

        Assert.Equal("order-choreography", published.Message.ApplicationProperties["process"]);
        Assert.Equal(led, Serializer.Read(published.Message.Body.ToMemory()));
    }

    [Fact]
    public void An_event_becomes_a_cloud_event_in_binary_mode()
    {
        var envelope = Confirmed();

        var properties = Assert.IsType<RelayedDocument.Publishable>(_mapper.Map(Document(envelope))).Message.ApplicationProperties;

        Assert.Equal("1.0", properties["cloudEvents:specversion"]);
        Assert.Equal(envelope.EventId.ToString(), properties["cloudEvents:id"]);
        Assert.Equal($"/streams/{envelope.Stream}", properties["cloudEvents:source"]);
        Assert.Equal("order-confirmed", properties["cloudEvents:type"]);
        Assert.Equal("2", properties["cloudEvents:subject"]);
        Assert.Equal("2026-01-01T12:00:02.0000000Z", properties["cloudEvents:time"]);
    }

    [Fact]
    public void The_body_is_the_event_without_what_the_store_adds_and_reads_back_the_same()
    {
        var envelope = Confirmed();

        var body = Assert.IsType<RelayedDocument.Publishable>(_mapper.Map(Document(envelope))).Message.Body.ToMemory();

        Assert.Equal(envelope, Serializer.Read(body));
        Assert.DoesNotContain(JsonNode.Parse(Encoding.UTF8.GetString(body.Span))!.AsObject(), p => p.Key.StartsWith('_'));
    }

    [Fact]
    public void The_tenant_of_the_stream_is_a_property()
    {
        var envelope = Envelope(new OrderConfirmed(SampleOrder, new("customer-1")), Order.StreamOf(SampleOrder, "acme"));

        var published = Assert.IsType<RelayedDocument.Publishable>(_mapper.Map(Document(envelope)));

        Assert.Equal("acme", published.Message.ApplicationProperties["tenant"]);
        Assert.Equal(envelope.Stream.Value, published.Message.SessionId);
    }

    [Fact]
    public void An_event_stored_under_a_former_name_and_version_is_routed_by_its_present_name_and_says_the_version_of_its_body()
    {
        var serializer = new EventSerializer(EventTypeRegistry.FromTypes(typeof(Wrapped), typeof(WrappedV1Upcaster)));
        var stored = Document(Confirmed()).GetRawText()
            .Replace("\"order-confirmed\"", "\"order-packed\"", StringComparison.Ordinal)
            .Replace("\"data\":{", "\"data\":{\"paper\":\"red\",", StringComparison.Ordinal);

        var message = Assert.IsType<RelayedDocument.Publishable>(new EventMessageMapper(serializer).Map(Json(stored))).Message;

        Assert.Equal(("order-wrapped", "order-wrapped"), (message.Subject, message.ApplicationProperties["cloudEvents:type"]));
        Assert.Equal(1, message.ApplicationProperties["schemaVersion"]);
        var body = JsonNode.Parse(message.Body)!;
        Assert.Equal(("order-packed", 1), (body["type"]!.GetValue<string>(), body["schemaVersion"]!.GetValue<int>()));
        Assert.Equal(new Wrapped("red", false), serializer.Read(message.Body.ToMemory()).Data);
    }

    [Fact]
    public void The_head_of_a_stream_is_skipped() =>
        Assert.IsType<RelayedDocument.Skipped>(_mapper.Map(Json("""{"id":"head","stream":"ordering-1","kind":"head","version":3}""")));

    [Fact]
    public void The_tombstone_of_archived_events_is_skipped() =>
        Assert.IsType<RelayedDocument.Skipped>(_mapper.Map(Json("""{"id":"tombstone","stream":"ordering-1","kind":"tombstone","tombstone":{}}""")));

    [Theory]
    [InlineData("""{"id":"0000000001","stream":"ordering-1","kind":"event"}""", "unreadable")]
    [InlineData("""{"id":"0000000001","stream":"ordering-1","kind":"event","version":"one"}""", "unreadable")]
    [InlineData("""{"id":"0000000001"}""", "unreadable")]
    [InlineData("""{"id":"\ud800","stream":"ordering-1","kind":"event"}""", "unreadable")]
    [InlineData("[]", "unreadable")]
    [InlineData("null", "unreadable")]
    public void What_cannot_be_read_is_unpublishable(string json, string code) =>
        Assert.Equal(code, Assert.IsType<RelayedDocument.Unpublishable>(_mapper.Map(Json(json))).Code);

    [Theory]
    [InlineData("type", "order-vanished", "unknown-type")]
    [InlineData("schemaVersion", 99, "unknown-type")]
    [InlineData("data", "{}", "unreadable")]
    [InlineData("stream", "no stream", "unreadable")]
    [InlineData("stream", "gardening-1", "unknown-category")]
    public void What_is_not_known_is_unpublishable_and_says_where_it_lies(string property, object value, string code)
    {
        var json = JsonNode.Parse(Document(Confirmed()).GetRawText())!.AsObject();
        json[property] = value switch { "{}" => new JsonObject(), string text => text, _ => (int)value };

        var unpublishable = Assert.IsType<RelayedDocument.Unpublishable>(_mapper.Map(Json(json.ToJsonString())));

        Assert.Equal(code, unpublishable.Code);
        Assert.Equal("0000000002", unpublishable.Source.Id);
        Assert.NotEmpty(unpublishable.Reason);
    }

    [Fact]
    public void Every_category_of_the_domain_has_a_topic() => Assert.All(
        new[] { "ordering", "payments", "inventory", "shipping" }, c => Assert.True(EventTopics.TryGet(c, out _)));

    [EventType("order-wrapped", 2)]
    [EventTypeAlias("order-packed")]
    private sealed record Wrapped(string Paper, bool HasRibbon) : IDomainEvent;

    [RetiredEvent("order-wrapped", 1)]
    private sealed record WrappedV1(string Paper);

    private sealed class WrappedV1Upcaster : IEventUpcaster
    {
        public Type Shape => typeof(WrappedV1);

        public JsonObject Upcast(JsonObject data)
        {
            data["hasRibbon"] = false;
            return data;
        }
    }
}
