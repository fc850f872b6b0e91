using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Finds events across the streams in the container of a <see cref="CosmosEventStore"/>.</summary>
/// <remarks>
/// A page is one query that crosses partitions: a request to each physical partition, and one for the query's plan where the
/// SDK cannot make it itself. The index is entered where the page before ended, so a late page costs what an early one does.
/// Safe for concurrent use.
/// </remarks>
/// <param name="events">The container.</param>
/// <param name="serializer">Reads the events.</param>
/// <param name="registry">Knows the former names that older events are stored under.</param>
public sealed class CosmosEventQueries(Container events, EventSerializer serializer, EventTypeRegistry registry) : IEventQueries
{
    /// <inheritdoc/>
    public async Task<EventPage> QueryAsync(EventQuery query, EventPageRequest page, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(page);
        var continuation = ContinuationToken.Read(query.Question, page.Continuation);
        var options = new QueryRequestOptions { MaxItemCount = page.Size };
        using var feed = events.GetItemQueryStreamIterator(EventQueryText.Of(query, registry), continuation, options);
        while (feed.HasMoreResults)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), events, cancellationToken);
            if (response.StatusCode == HttpStatusCode.BadRequest && continuation is not null)
            {
                throw new InvalidContinuationException(new InvalidOperationException(response.ErrorMessage));
            }

            response.ThrowIfFailed(events);
            var documents = await ReadAsync(response.Content, cancellationToken);

            // The store may answer with an empty page before the end.
            if (documents.Count > 0)
            {
                var keys = await serializer.KeysOfAsync(documents, cancellationToken);
                return new EventPage(
                    [.. documents.Select(d => serializer.Read(d, keys))],
                    response.ContinuationToken is { } next ? ContinuationToken.Write(query.Question, next) : null);
            }
        }

        return EventPage.Empty;
    }

    private static async Task<IReadOnlyList<EventDocument>> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        try
        {
            return (await CosmosItems.ReadAsync<FeedPage<EventDocument>>(content, cancellationToken)).Documents;
        }
        catch (JsonException exception)
        {
            throw new EventFormatException($"An event that was found cannot be read: {exception.Message}", exception);
        }
    }
}
