using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>
/// Keeps streams in a Cosmos DB container with partition key <c>/stream</c>: a stream is one partition that holds the item
/// <c>head</c> and one item per event.
/// </summary>
/// <remarks>
/// Loading a head is one point read; an append is one transactional batch; reading is one query inside the partition per
/// <see cref="ReadWindow"/> events. Safe for concurrent use.
/// </remarks>
/// <param name="events">The container.</param>
/// <param name="serializer">Writes and reads the events.</param>
public sealed class CosmosEventStore(Container events, EventSerializer serializer) : IEventStore
{
    /// <summary>How many events one query asks for.</summary>
    public const int ReadWindow = 256;

    // A window of versions instead of ORDER BY: an ordered query costs the SDK a second request for its plan.
    private const string WindowQuery = "SELECT * FROM c WHERE c.kind = @kind AND c.version >= @from AND c.version < @to";

    /// <inheritdoc/>
    public async Task<StreamHead> LoadHeadAsync(StreamName stream, CancellationToken cancellationToken = default)
    {
        using var response = await CosmosFailure.GuardAsync(
            events.ReadItemStreamAsync(HeadDocument.HeadId, new PartitionKey(stream.Value), cancellationToken: cancellationToken),
            events,
            cancellationToken);
        if (CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            return StreamHead.Absent;
        }

        response.ThrowIfFailed(events);
        try
        {
            return (await CosmosItems.ReadAsync<HeadDocument>(response.Content, cancellationToken)).ToHead(response.Headers.ETag);
        }
        catch (JsonException exception)
        {
            throw new StreamCorruptedException(stream, 0, $"the head cannot be read: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public async Task<AppendResult> AppendAsync(StreamAppend append, CancellationToken cancellationToken = default)
    {
        var batch = AppendBatch.Compose(events, append, serializer);
        using var response = await CosmosFailure.GuardAsync(batch.ExecuteAsync(cancellationToken), events, cancellationToken);
        return response switch
        {
            { IsSuccessStatusCode: true } => new AppendResult.Appended(response[0].ETag),

            // 409: the stream exists by now; 412: its head is another by now; 404: it was there and is not any more.
            { StatusCode: HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed } => Refused(append, response),
            _ when CosmosFailure.IsAbsent(response.StatusCode, response.Headers) => new AppendResult.Conflict(),
            _ => throw CosmosFailure.Of(response, events),
        };
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<EventEnvelope> ReadAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromVersion, 1);
        return ReadWindowsAsync(stream, fromVersion, cancellationToken);
    }

    /// <summary>Tells a head that another writer replaced from an event that stands where the head says there is none.</summary>
    /// <exception cref="StreamCorruptedException">The head took the append and an event did not.</exception>
    private static AppendResult.Conflict Refused(StreamAppend append, TransactionalBatchResponse response)
    {
        // A batch stops at its first operation that fails; the others say that they failed with it. The head is the first.
        var refused = response.TakeWhile(operation => operation.StatusCode == HttpStatusCode.FailedDependency).Count();
        return refused == 0 || refused > append.Events.Count
            ? new AppendResult.Conflict()
            : throw new StreamCorruptedException(
                append.Stream,
                append.Events[refused - 1].Version,
                "an event of this version is stored, though the head is before it. Restore the head, or remove what is beyond it.");
    }

    private async IAsyncEnumerable<EventEnvelope> ReadWindowsAsync(
        StreamName stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = fromVersion;
        var isWindowFull = true;
        while (isWindowFull)
        {
            var window = await ReadWindowAsync(stream, next, cancellationToken);
            foreach (var document in window)
            {
                if (document.Version != next)
                {
                    throw new StreamCorruptedException(stream, next, $"the event is missing; the next one has version {document.Version}.");
                }

                yield return serializer.Read(document);
                next++;
            }

            isWindowFull = window.Count == ReadWindow;
        }
    }

    /// <summary>The events of a window of versions, in order.</summary>
    private async Task<List<EventDocument>> ReadWindowAsync(StreamName stream, long from, CancellationToken cancellationToken)
    {
        var query = new QueryDefinition(WindowQuery)
            .WithParameter("@kind", EventDocument.EventKind)
            .WithParameter("@from", from)
            .WithParameter("@to", from + ReadWindow);
        var options = new QueryRequestOptions { PartitionKey = new PartitionKey(stream.Value), MaxItemCount = ReadWindow };
        using var feed = events.GetItemQueryStreamIterator(query, requestOptions: options);
        var window = new List<EventDocument>();
        while (feed.HasMoreResults)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), events, cancellationToken);
            response.ThrowIfFailed(events);
            window.AddRange(await ReadPageAsync(stream, from, response.Content, cancellationToken));
        }

        window.Sort((a, b) => a.Version.CompareTo(b.Version));
        return window;
    }

    private static async Task<IReadOnlyList<EventDocument>> ReadPageAsync(
        StreamName stream, long from, Stream content, CancellationToken cancellationToken)
    {
        try
        {
            return (await CosmosItems.ReadAsync<FeedPage<EventDocument>>(content, cancellationToken)).Documents;
        }
        catch (JsonException exception)
        {
            throw new EventFormatException($"An event of '{stream}' from version {from} on cannot be read: {exception.Message}", exception);
        }
    }
}
