using System.Text.Json;

namespace EventFunctions.EventSourcing;

/// <summary>An event as it is stored, before anybody asks whether it makes sense.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="Version">The version that the item says it has.</param>
/// <param name="Json">The item.</param>
/// <param name="StoredAt">When the store wrote the item, UTC, where the store knows. Not the time of the event, which may be old.</param>
public sealed record StoredEvent(string Id, long Version, JsonElement Json, DateTimeOffset? StoredAt = null)
{
    /// <summary>The item as an event document.</summary>
    /// <exception cref="EventFormatException">It lacks something that every event has, or it is not at its place.</exception>
    public EventDocument ToDocument()
    {
        try
        {
            var document = Json.Deserialize<EventDocument>(EventJson.Options) ?? throw new EventFormatException($"Item '{Id}' is JSON null.");
            return document.Version is >= 1 and <= EventDocument.MaxVersion && document.Id == EventDocument.IdOf(document.Version)
                ? document
                : throw new EventFormatException($"Item '{Id}' of '{document.Stream}' says that it is event {document.Version}.");
        }
        catch (JsonException exception)
        {
            throw new EventFormatException($"Item '{Id}' is not an event document: {exception.Message}", exception);
        }
    }
}
