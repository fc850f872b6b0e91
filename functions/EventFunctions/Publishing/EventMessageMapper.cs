using System.Globalization;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using EventFunctions.EventSourcing;

namespace EventFunctions.Publishing;

/// <summary>Turns a document of the change feed into the message that publishes it. Pure.</summary>
/// <remarks>
/// The message is a CloudEvent 1.0 in binary mode (CloudEvents AMQP protocol binding, section 3.1): its attributes are
/// application properties that begin with <c>cloudEvents:</c>, except <c>datacontenttype</c>, which is the content type. The
/// body is the event as it is stored, and its reader upcasts it; so an event that is published again is the same message. What
/// is routed by, the subject and the type, is the event's present name, also where the body has a former one.
/// </remarks>
/// <param name="serializer">Knows which events can be read.</param>
public sealed class EventMessageMapper(EventSerializer serializer)
{
    /// <summary>Application property: the schema version of the data in the body, which may be older than the newest.</summary>
    public const string SchemaVersionProperty = "schemaVersion";

    /// <summary>Application property: the stream's version after the event.</summary>
    public const string StreamVersionProperty = "streamVersion";

    /// <summary>Application property: the tenant, where it is not the default one.</summary>
    public const string TenantProperty = "tenant";

    /// <summary>Application property: W3C trace context.</summary>
    public const string TraceParentProperty = "traceparent";

    /// <summary>Application property: the process that leads what the event belongs to, see <see cref="EventMetadata.Process"/>.</summary>
    public const string ProcessProperty = "process";

    private const string CloudEvents = "cloudEvents:";
    private const string UnknownType = "unknown-type";
    private const string UnknownCategory = "unknown-category";
    private const string Unreadable = "unreadable";

    /// <summary>What becomes of the document.</summary>
    public RelayedDocument Map(JsonElement document)
    {
        var source = new DocumentReference(Text(document, "stream"), Text(document, "id"));
        if (source.Stream.Length > 0 && Text(document, "kind") is { Length: > 0 } kind && kind != EventDocument.EventKind)
        {
            return new RelayedDocument.Skipped();
        }

        try
        {
            var stored = document.Deserialize<EventDocument>(EventJson.Options)
                ?? throw new EventFormatException("JSON null is not an event.");
            var envelope = serializer.Read(stored);
            return EventTopics.TryGet(envelope.Stream.Category, out var topic)
                ? new RelayedDocument.Publishable(topic, ToMessage(stored, envelope), source, envelope)
                : new RelayedDocument.Unpublishable(source, UnknownCategory, $"No topic is declared for '{envelope.Stream.Category}'.");
        }
        catch (UnknownEventTypeException exception)
        {
            return new RelayedDocument.Unpublishable(source, UnknownType, exception.Message);
        }
        catch (Exception exception) when (exception is EventFormatException or JsonException)
        {
            return new RelayedDocument.Unpublishable(source, Unreadable, exception.Message);
        }
    }

    private static ServiceBusMessage ToMessage(EventDocument stored, EventEnvelope envelope)
    {
        var metadata = envelope.Metadata;
        var eventId = envelope.EventId.ToString();
        var message = new ServiceBusMessage(JsonSerializer.SerializeToUtf8Bytes(stored, EventJson.Options))
        {
            MessageId = eventId,
            SessionId = envelope.Stream.Value,
            Subject = envelope.Type,
            CorrelationId = metadata.CorrelationId,
            ContentType = "application/json",
        };
        var properties = message.ApplicationProperties;
        properties[CloudEvents + "specversion"] = "1.0";
        properties[CloudEvents + "id"] = eventId;
        properties[CloudEvents + "source"] = $"/streams/{envelope.Stream.Value}";
        properties[CloudEvents + "type"] = envelope.Type;
        properties[CloudEvents + "subject"] = envelope.Version.ToString(CultureInfo.InvariantCulture);
        properties[CloudEvents + "time"] = envelope.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        properties[SchemaVersionProperty] = stored.SchemaVersion;
        properties[StreamVersionProperty] = envelope.Version;
        Add(TenantProperty, envelope.Stream.Tenant ?? metadata.Tenant);
        Add(TraceParentProperty, metadata.TraceParent);
        Add(ProcessProperty, metadata.Process);
        return message;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                properties[name] = value;
            }
        }
    }

    private static string Text(JsonElement document, string property)
    {
        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty(property, out var value) || value.ValueKind != JsonValueKind.String)
        {
            return string.Empty;
        }

        try
        {
            return value.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException)
        {
            // JSON can escape half a surrogate pair, which no string can hold. The document is unreadable, and will be parked as that.
            return string.Empty;
        }
    }
}
