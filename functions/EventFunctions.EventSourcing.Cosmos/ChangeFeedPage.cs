using System.Text.Json;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Picks the events that are wanted out of the body of a change feed's answer.</summary>
/// <param name="serializer">Reads the events.</param>
/// <param name="categories">Whose events are wanted.</param>
internal sealed class ChangeFeedPage(EventSerializer serializer, IReadOnlySet<string> categories)
{
    private readonly List<EventEnvelope> _events = [];
    private readonly List<StreamFailure> _unreadable = [];

    public IReadOnlyList<EventEnvelope> Events => _events;

    public IReadOnlyList<StreamFailure> Unreadable => _unreadable;

    /// <summary>Reads a body: <c>{"Documents":[…]}</c>.</summary>
    public void Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        foreach (var item in document.RootElement.GetProperty("Documents").EnumerateArray())
        {
            // An item that is no event at all is none of the streams' business, as in every other reader of the container.
            if (IsEvent(item) && StreamName.TryParse(TextOf(item, "stream"), out var stream) && categories.Contains(stream.Category))
            {
                Read(item, stream);
            }
        }
    }

    private void Read(JsonElement item, StreamName stream)
    {
        try
        {
            _events.Add(serializer.Read(item.Deserialize<EventDocument>(EventJson.Options)!));
        }
        catch (Exception exception) when (exception is EventFormatException or UnknownEventTypeException or JsonException)
        {
            var version = item.TryGetProperty("version", out var number) && number.TryGetInt64(out var value) ? value : 0;
            _unreadable.Add(new StreamFailure(stream.Value, version, exception.Message));
        }
    }

    private static bool IsEvent(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && kind.ValueEquals(EventDocument.EventKind);

    private static string? TextOf(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
