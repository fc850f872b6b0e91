using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>
/// Lists the streams in the container of a <see cref="CosmosEventStore"/>: a query over all partitions for their heads, page by
/// page, with the SDK's continuation. Safe for concurrent use.
/// </summary>
/// <param name="events">The container.</param>
public sealed class CosmosStreamDirectory(Container events) : IStreamDirectory
{
    private const string HeadsQuery = "SELECT * FROM c WHERE c.kind = 'head'";

    /// <inheritdoc/>
    public async Task<DirectoryPage> ListAsync(int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, DirectoryPage.MaxSize);

        // One range at a time: what another range has ready would not go into this page, and would be asked for again.
        var options = new QueryRequestOptions { MaxItemCount = pageSize, MaxConcurrency = 1 };
        using var feed = events.GetItemQueryStreamIterator(HeadsQuery, Decode(continuation), options);
        using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), events, cancellationToken);
        if (response.StatusCode == HttpStatusCode.BadRequest && continuation is not null)
        {
            throw Refused(continuation);
        }

        response.ThrowIfFailed(events);
        var page = await CosmosItems.ReadAsync<FeedPage<JsonElement>>(response.Content, cancellationToken);
        return new DirectoryPage([.. page.Documents.Select(Read)], Encode(response.ContinuationToken));
    }

    private static DirectoryEntry Read(JsonElement item)
    {
        var stream = item.GetProperty("stream").GetString() ?? string.Empty;
        try
        {
            var head = item.Deserialize<HeadDocument>(EventJson.Options) ?? throw new JsonException("it is JSON null.");
            return new DirectoryEntry(stream, head.ToHead(item.GetProperty("_etag").GetString()!));
        }
        catch (JsonException exception)
        {
            return new DirectoryEntry(stream, null, exception.Message);
        }
    }

    private static string? Encode(string? token) => token is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token));

    private static string? Decode(string? continuation)
    {
        if (continuation is null)
        {
            return null;
        }

        return continuation.Length > 0 && Base64Url.IsValid(continuation)
            ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(continuation))
            : throw Refused(continuation);
    }

    private static ArgumentException Refused(string continuation) =>
        new($"The continuation '{continuation}' is not one that the directory returned.", nameof(continuation));
}
