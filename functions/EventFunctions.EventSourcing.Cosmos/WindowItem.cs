using System.Text.Json;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>An event of a window of versions, or that it cannot be read; those before it can.</summary>
/// <param name="Version">The event's version.</param>
/// <param name="Document">The event, where it can be read.</param>
/// <param name="Failure">Why it cannot.</param>
internal sealed record WindowItem(long Version, EventDocument? Document, JsonException? Failure)
{
    /// <summary>The event.</summary>
    /// <exception cref="EventFormatException">It cannot be read.</exception>
    public EventDocument OrThrow(StreamName stream) => Document
        ?? throw new EventFormatException($"Event {Version} of '{stream}' cannot be read: {Failure?.Message}", Failure);

    /// <summary>The events of a page of an answer.</summary>
    /// <exception cref="EventFormatException">The page cannot be read at all.</exception>
    public static async Task<IReadOnlyList<WindowItem>> ReadPageAsync(
        StreamName stream, long from, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await CosmosItems.ReadAsync<FeedPage<EventDocument>>(content, cancellationToken)).Documents.Select(d => new WindowItem(d.Version, d, null))];
        }
        catch (JsonException exception) when (content.CanSeek)
        {
            // Once more, one by one: the first time is the fast way, and where it ends nobody can tell which event it was.
            content.Position = 0;
            return await ReadOneByOneAsync(content, exception, cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new EventFormatException($"An event of '{stream}' from version {from} on cannot be read: {exception.Message}", exception);
        }
    }

    private static async Task<IReadOnlyList<WindowItem>> ReadOneByOneAsync(
        Stream content, JsonException failure, CancellationToken cancellationToken)
    {
        var page = await CosmosItems.ReadAsync<FeedPage<JsonElement>>(content, cancellationToken);
        return [.. page.Documents.Select(d => Read(d, failure))];
    }

    private static WindowItem Read(JsonElement document, JsonException failure)
    {
        try
        {
            return document.Deserialize<EventDocument>(EventJson.Options) is { } read
                ? new WindowItem(read.Version, read, null)
                : throw failure;
        }
        catch (JsonException exception)
        {
            // The query asked for a number between two others, so there is one.
            return new WindowItem((long)document.GetProperty("version").GetDouble(), null, exception);
        }
    }
}
