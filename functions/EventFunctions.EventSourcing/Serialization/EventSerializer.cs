using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>The edge between events and their JSON: beyond it everything has the newest shape the code knows.</summary>
public sealed class EventSerializer(EventTypeRegistry registry)
{
    /// <summary>The event as JSON.</summary>
    /// <exception cref="UnknownEventTypeException">The event's type is not registered.</exception>
    /// <exception cref="ArgumentException">The envelope names another type than its data has.</exception>
    public EventDocument Write(EventEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var type = registry.Get(envelope.Data.GetType());
        if (type.Name != envelope.Type || type.SchemaVersion != envelope.SchemaVersion)
        {
            throw new ArgumentException(
                $"The envelope says '{envelope.Type}' version {envelope.SchemaVersion}, its data is '{type.Name}' version {type.SchemaVersion}.",
                nameof(envelope));
        }

        return new EventDocument(
            EventDocument.IdOf(envelope.Version),
            envelope.Stream.Value,
            EventDocument.EventKind,
            envelope.Version,
            envelope.EventId,
            type.Name,
            type.SchemaVersion,
            envelope.Time.ToUniversalTime(),
            JsonSerializer.SerializeToElement(envelope.Data, type.ClrType, EventJson.Options),
            envelope.Metadata);
    }

    /// <summary>The event that a document holds.</summary>
    /// <remarks>
    /// Data of an older schema version is brought to the newest here, and a former name to the present one; beyond this point
    /// nobody can tell. <see cref="EventDocument"/> keeps what is stored.
    /// </remarks>
    /// <exception cref="UnknownEventTypeException">No type of that name and schema version is registered.</exception>
    /// <exception cref="EventFormatException">
    /// The document is not an event, its data does not fit its type, or an upcaster failed on it.
    /// </exception>
    public EventEnvelope Read(EventDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Kind != EventDocument.EventKind || document.Version < 1 || !StreamName.TryParse(document.Stream, out var stream))
        {
            throw new EventFormatException(
                $"Item '{document.Id}' of '{document.Stream}' with kind '{document.Kind}' and version {document.Version} is not an event of a stream.");
        }

        var reading = registry.ReadingOf(document.Type, document.SchemaVersion);
        return new EventEnvelope(
            document.EventId,
            stream,
            document.Version,
            reading.Type.Name,
            reading.Type.SchemaVersion,
            document.Time.ToUniversalTime(),
            ReadData(document, reading),
            document.Metadata);
    }

    /// <summary>The event that a UTF-8 JSON document holds, e.g. the body of a message.</summary>
    /// <exception cref="UnknownEventTypeException">No type of that name and schema version is registered.</exception>
    /// <exception cref="EventFormatException">The text is not JSON, not an event, or its data does not fit its type.</exception>
    public EventEnvelope Read(ReadOnlyMemory<byte> utf8Json)
    {
        try
        {
            var document = JsonSerializer.Deserialize<EventDocument>(utf8Json.Span, EventJson.Options);
            return Read(document ?? throw new EventFormatException("JSON null is not an event."));
        }
        catch (JsonException exception)
        {
            throw new EventFormatException($"The JSON is not an event document: {exception.Message}", exception);
        }
    }

    private static IDomainEvent ReadData(EventDocument document, EventReading reading)
    {
        try
        {
            return reading.Read(document.SchemaVersion, document.Data);
        }
        catch (EventFormatException exception)
        {
            throw new EventFormatException($"The data of event {document.Version} of '{document.Stream}' {exception.Message}", exception);
        }
    }
}
