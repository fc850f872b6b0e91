using System.Text.Json;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Picks the events that are wanted out of the body of a change feed's answer.</summary>
/// <param name="serializer">Reads the events.</param>
/// <param name="categories">Whose events are wanted.</param>
internal sealed class ChangeFeedPage(EventSerializer serializer, IReadOnlySet<string> categories)
{
    private readonly List<EventEnvelope> _events = [];
    private readonly List<StreamFailure> _unreadable = [];
    private readonly List<(StreamName Stream, EventDocument Document)> _documents = [];

    public IReadOnlyList<EventEnvelope> Events => _events;

    public IReadOnlyList<StreamFailure> Unreadable => _unreadable;

    /// <summary>Reads a body: <c>{"Documents":[…]}</c>.</summary>
    /// <remarks>
    /// Most of a replay is this. An item is passed over by its first properties where it is not wanted, and is only then made an
    /// event, from its own bytes: a tree of the whole page would be built and not be used.
    /// </remarks>
    /// <exception cref="JsonException">The body is not JSON, or has no such list.</exception>
    public void Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        if (!MoveToDocuments(ref reader))
        {
            throw new JsonException("A page of the change feed has no list of documents.");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            var header = reader;
            reader.Skip();

            // An item that is no event at all is none of the streams' business, as in every other reader of the container.
            if (StreamOf(ref header) is { } stream)
            {
                Read(body[start..(int)reader.BytesConsumed], stream);
            }
        }
    }

    /// <summary>Turns what was read into events. The keys of all people in the page are fetched first, each once.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var keys = await serializer.KeysOfAsync(_documents.Select(d => d.Document), cancellationToken);
        foreach (var (stream, document) in _documents)
        {
            try
            {
                _events.Add(serializer.Read(document, keys));
            }
            catch (Exception exception) when (exception is EventFormatException or UnknownEventTypeException)
            {
                _unreadable.Add(new StreamFailure(stream.Value, document.Version, exception.Message));
            }
        }
        _documents.Clear();
    }

    private static bool MoveToDocuments(ref Utf8JsonReader reader)
    {
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isDocuments = reader.ValueTextEquals("Documents"u8);
            reader.Read();
            if (isDocuments)
            {
                return reader.TokenType == JsonTokenType.StartArray;
            }

            reader.Skip();
        }

        return false;
    }

    /// <summary>The stream of an item that is an event of a category that is wanted.</summary>
    private StreamName? StreamOf(ref Utf8JsonReader item)
    {
        string? name = null;
        var isEvent = false;
        while ((name is null || !isEvent) && item.Read() && item.TokenType == JsonTokenType.PropertyName)
        {
            var (isStream, isKind) = (item.ValueTextEquals("stream"u8), item.ValueTextEquals("kind"u8));
            item.Read();
            if (isKind)
            {
                isEvent = item.TokenType == JsonTokenType.String && item.ValueTextEquals(EventDocument.EventKind);
                if (!isEvent)
                {
                    return null;
                }
            }
            else if (isStream && item.TokenType == JsonTokenType.String)
            {
                name = item.GetString();
            }
            else
            {
                item.Skip();
            }
        }

        return isEvent && StreamName.TryParse(name, out var stream) && categories.Contains(stream.Category) ? stream : null;
    }

    private void Read(ReadOnlySpan<byte> item, StreamName stream)
    {
        try
        {
            _documents.Add((stream, JsonSerializer.Deserialize<EventDocument>(item, EventJson.Options)!));
        }
        catch (JsonException exception)
        {
            _unreadable.Add(new StreamFailure(stream.Value, VersionOf(item), exception.Message));
        }
    }

    private static long VersionOf(ReadOnlySpan<byte> item)
    {
        using var document = JsonDocument.Parse(item.ToArray());
        return document.RootElement.TryGetProperty("version", out var number)
            && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var version) ? version : 0;
    }
}
