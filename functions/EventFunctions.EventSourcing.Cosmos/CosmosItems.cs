using System.Text.Json;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>
/// Items between the SDK's streams and System.Text.Json. The stream calls need no serializer of the client's and answer an
/// absent item with a status, not with an exception.
/// </summary>
internal static class CosmosItems
{
    public static MemoryStream Write<TDocument>(TDocument document)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(document, EventJson.Options);
        return new MemoryStream(json, 0, json.Length, writable: false, publiclyVisible: true);
    }

    public static async Task<TDocument> ReadAsync<TDocument>(Stream content, CancellationToken cancellationToken) =>
        await JsonSerializer.DeserializeAsync<TDocument>(content, EventJson.Options, cancellationToken)
        ?? throw new JsonException("The item is JSON null.");
}
