using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>
/// Reads the events of a <see cref="CosmosEventStore"/> from its container's change feed by the pull model
/// (https://learn.microsoft.com/azure/cosmos-db/nosql/change-feed-pull-model): a range is a feed range of the container, and a
/// continuation is the SDK's, which goes on working after a split of the range.
/// </summary>
/// <remarks>
/// Events are created once and never updated, so the feed's latest version of an item is the only one, at the place of its
/// commit. Heads are in the feed too and are passed over. A page is one request. Safe for concurrent use.
/// </remarks>
/// <param name="events">The container.</param>
/// <param name="serializer">Reads the events.</param>
public sealed class CosmosEventFeed(Container events, EventSerializer serializer) : IEventFeed
{
    /// <summary>The most items that one request asks for.</summary>
    public const int MaxPageItems = 2000;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListRangesAsync(CancellationToken cancellationToken = default)
    {
        var ranges = await CosmosFailure.GuardAsync(events.GetFeedRangesAsync(cancellationToken), events, cancellationToken);
        return [.. ranges.Select(range => range.ToJsonString())];
    }

    /// <inheritdoc/>
    public async Task<EventFeedPage> ReadAsync(EventFeedRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = new ChangeFeedRequestOptions { PageSizeHint = Math.Min(request.MaxEvents, MaxPageItems) };
        using var feed = Open(request, options);
        using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), events, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotModified)
        {
            return new EventFeedPage([], [], response.ContinuationToken, IsCaughtUp: true);
        }

        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            throw NotOurs(request, new InvalidOperationException(response.ErrorMessage));
        }

        response.ThrowIfFailed(events);
        using var content = new MemoryStream();
        await response.Content.CopyToAsync(content, cancellationToken);
        var page = new ChangeFeedPage(serializer, request.Categories);
        page.Read(content.GetBuffer().AsSpan(0, (int)content.Length));
        await page.OpenAsync(cancellationToken);
        return new EventFeedPage(page.Events, page.Unreadable, response.ContinuationToken, IsCaughtUp: false);
    }

    private FeedIterator Open(EventFeedRequest request, ChangeFeedRequestOptions options)
    {
        try
        {
            var start = request.Continuation is null
                ? ChangeFeedStartFrom.Beginning(FeedRange.FromJsonString(request.Range))
                : ChangeFeedStartFrom.ContinuationToken(request.Continuation);
            return events.GetChangeFeedStreamIterator(start, ChangeFeedMode.LatestVersion, options);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or Newtonsoft.Json.JsonException)
        {
            throw NotOurs(request, exception);
        }
    }

    private static ArgumentException NotOurs(EventFeedRequest request, Exception cause) =>
        new($"Range '{request.Range}' or continuation '{request.Continuation}' is not one that the feed gave.", nameof(request), cause);
}
