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
/// <see cref="ReadWindow"/> events. Where the first event of a window is missing, one point read more tells whether it was
/// archived. Safe for concurrent use.
/// </remarks>
/// <param name="events">The container.</param>
/// <param name="serializer">Writes and reads the events.</param>
/// <param name="truncated">Reads events that were archived; where it is not given, they are missing.</param>
public sealed class CosmosEventStore(Container events, EventSerializer serializer, TruncatedStreams? truncated = null) : IEventStore
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
        var batch = await AppendBatch.ComposeAsync(events, append, serializer, cancellationToken);
        using var response = await CosmosFailure.GuardAsync(batch.ExecuteAsync(cancellationToken), events, cancellationToken);
        return AppendBatch.ResultOf(response, events, append.Stream, append.Events[0].Version, append.Events.Count);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<EventEnvelope> ReadAsync(StreamName stream, long fromVersion, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromVersion, 1);
        return ReadWindowsAsync(stream, fromVersion, cancellationToken);
    }

    private async IAsyncEnumerable<EventEnvelope> ReadWindowsAsync(
        StreamName stream, long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = fromVersion;
        while (true)
        {
            var window = await ReadWindowAsync(stream, next, cancellationToken);
            var keys = await serializer.KeysOfAsync(window.Select(w => w.Document).OfType<EventDocument>(), cancellationToken);
            var first = next;
            foreach (var document in window)
            {
                if (document.Version != next)
                {
                    break;
                }

                yield return serializer.Read(document.OrThrow(stream), keys);
                next++;
            }

            if (next == first + ReadWindow)
            {
                continue;
            }

            var isEnd = next == first + window.Count;
            if (isEnd && window.Count > 0)
            {
                yield break;
            }

            // The event was archived, or there is none: because the stream ends here, or because it is damaged.
            first = next;
            await foreach (var archived in ArchivedAsync(stream, next, cancellationToken))
            {
                yield return archived;
                next++;
            }

            if (next == first)
            {
                if (isEnd)
                {
                    yield break;
                }

                throw new StreamCorruptedException(
                    stream, next, $"the event is missing; the next one has version {window.First(d => d.Version != next).Version}.");
            }
        }
    }

    private IAsyncEnumerable<EventEnvelope> ArchivedAsync(StreamName stream, long from, CancellationToken cancellationToken) =>
        truncated?.ReadAsync(stream, from, cancellationToken) ?? AsyncEnumerable.Empty<EventEnvelope>();

    /// <summary>The events of a window of versions, in order.</summary>
    private async Task<List<WindowItem>> ReadWindowAsync(StreamName stream, long from, CancellationToken cancellationToken)
    {
        var query = new QueryDefinition(WindowQuery)
            .WithParameter("@kind", EventDocument.EventKind)
            .WithParameter("@from", from)
            .WithParameter("@to", from + ReadWindow);
        var options = new QueryRequestOptions { PartitionKey = new PartitionKey(stream.Value), MaxItemCount = ReadWindow };
        using var feed = events.GetItemQueryStreamIterator(query, requestOptions: options);
        var window = new List<WindowItem>();
        while (feed.HasMoreResults)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), events, cancellationToken);
            response.ThrowIfFailed(events);
            window.AddRange(await WindowItem.ReadPageAsync(stream, from, response.Content, cancellationToken));
        }

        window.Sort((a, b) => a.Version.CompareTo(b.Version));
        return window;
    }
}
