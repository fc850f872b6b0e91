using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>The edge between events and their JSON: beyond it everything has the newest shape the code knows, and is in clear.</summary>
/// <param name="registry">The types of events.</param>
/// <param name="personalData">Seals and opens personal data; <see cref="PersonalDataVault.None"/> where it is left out.</param>
public sealed class EventSerializer(EventTypeRegistry registry, PersonalDataVault? personalData = null)
{
    private readonly SealedEvents _sealed = new(personalData ?? PersonalDataVault.None);

    /// <summary>Events as JSON to be stored: their personal data is sealed.</summary>
    /// <exception cref="UnknownEventTypeException">An event's type is not registered.</exception>
    /// <exception cref="ArgumentException">An envelope names another type than its data has.</exception>
    public async ValueTask<IReadOnlyList<EventDocument>> WriteAsync(
        IReadOnlyList<EventEnvelope> envelopes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(envelopes);
        var documents = new EventDocument[envelopes.Count];
        for (var i = 0; i < documents.Length; i++)
        {
            documents[i] = await _sealed.SealAsync(Write(envelopes[i]), envelopes[i].Data.GetType(), cancellationToken);
        }
        return documents;
    }

    /// <summary>A document that comes from elsewhere, with what is personal and stands in clear sealed.</summary>
    /// <exception cref="UnknownEventTypeException">The event's type is not registered.</exception>
    public ValueTask<EventDocument> SealAsync(EventDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return _sealed.SealAsync(document, registry.ShapeOf(document.Type, document.SchemaVersion), cancellationToken);
    }

    /// <summary>The keys that reading documents needs, to be given to <see cref="Read(EventDocument, SubjectKeyRing?)"/>.</summary>
    public ValueTask<SubjectKeyRing> KeysOfAsync(IEnumerable<EventDocument> documents, CancellationToken cancellationToken = default) =>
        _sealed.KeysOfAsync(documents, cancellationToken);

    /// <summary>The event that a document holds, with its personal data opened.</summary>
    /// <exception cref="UnknownEventTypeException">No registered type has that name and schema version.</exception>
    /// <exception cref="EventFormatException">As of <see cref="Read(EventDocument, SubjectKeyRing?)"/>.</exception>
    public async ValueTask<EventEnvelope> ReadAsync(EventDocument document, CancellationToken cancellationToken = default) =>
        Read(document, await KeysOfAsync([document], cancellationToken));

    /// <summary>The event that a message or an item holds, with its personal data opened.</summary>
    /// <exception cref="UnknownEventTypeException">No registered type has that name and schema version.</exception>
    /// <exception cref="EventFormatException">The JSON is not an event document, or as of <see cref="Read(EventDocument, SubjectKeyRing?)"/>.</exception>
    public ValueTask<EventEnvelope> ReadAsync(ReadOnlyMemory<byte> utf8Json, CancellationToken cancellationToken = default) =>
        ReadAsync(Parse(utf8Json.Span), cancellationToken);

    /// <summary>A document with its personal data opened, or erased.</summary>
    /// <exception cref="EventFormatException">A sealed value is not what was sealed there.</exception>
    internal async ValueTask<EventDocument> OpenAsync(EventDocument document, CancellationToken cancellationToken) =>
        Open(document, await KeysOfAsync([document], cancellationToken));

    /// <summary>The event as JSON, in clear.</summary>
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
    public EventEnvelope Read(EventDocument document, SubjectKeyRing? keys = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Kind != EventDocument.EventKind || document.Version < 1 || !StreamName.TryParse(document.Stream, out var stream))
        {
            throw new EventFormatException(
                $"Item '{document.Id}' of '{document.Stream}' with kind '{document.Kind}' and version {document.Version} is not an event of a stream.");
        }

        var reading = registry.ReadingOf(document.Type, document.SchemaVersion);
        var opened = Open(document, keys ?? SubjectKeyRing.Empty);
        return new EventEnvelope(
            document.EventId,
            stream,
            document.Version,
            reading.Type.Name,
            reading.Type.SchemaVersion,
            document.Time.ToUniversalTime(),
            ReadData(opened, reading),
            opened.Metadata);
    }

    /// <summary>The event that a UTF-8 JSON document holds, e.g. the body of a message.</summary>
    /// <exception cref="UnknownEventTypeException">No type of that name and schema version is registered.</exception>
    /// <exception cref="EventFormatException">The text is not JSON, not an event, or its data does not fit its type.</exception>
    public EventEnvelope Read(ReadOnlyMemory<byte> utf8Json) => Read(Parse(utf8Json.Span));

    private static EventDocument Parse(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            return JsonSerializer.Deserialize<EventDocument>(utf8Json, EventJson.Options)
                ?? throw new EventFormatException("JSON null is not an event.");
        }
        catch (JsonException exception)
        {
            throw new EventFormatException($"The JSON is not an event document: {exception.Message}", exception);
        }
    }

    private static EventDocument Open(EventDocument document, SubjectKeyRing keys)
    {
        try
        {
            return SealedEvents.Open(document, keys);
        }
        catch (Exception exception) when (exception is SealBrokenException or JsonException)
        {
            throw new EventFormatException(
                $"The personal data of event {document.Version} of '{document.Stream}' cannot be opened: {exception.Message}", exception);
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
