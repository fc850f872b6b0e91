using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>An append as the operations of one transactional batch: the head first, then the events.</summary>
/// <remarks>The limits: https://learn.microsoft.com/azure/cosmos-db/concepts-limits.</remarks>
internal static class AppendBatch
{
    public const int MaxOperations = 100;
    public const int MaxBytes = 2 * 1024 * 1024;

    // What a batch adds to an operation's own JSON: ids, ETag and framing, rounded up.
    private const int OverheadPerOperation = 256;

    /// <summary>The batch, checked against the limits before anything is sent.</summary>
    /// <exception cref="AppendTooLargeException">It has too many operations or is too large.</exception>
    public static async ValueTask<TransactionalBatch> ComposeAsync(
        Container events, StreamAppend append, EventSerializer serializer, CancellationToken cancellationToken) =>
        Compose(events, new StreamRestoration(
            append.Stream, append.Head.Token, append.Head, await serializer.WriteAsync(append.Events, cancellationToken)));

    /// <summary>The batch, checked against the limits before anything is sent.</summary>
    /// <exception cref="AppendTooLargeException">It has too many operations or is too large.</exception>
    public static TransactionalBatch Compose(Container events, StreamRestoration append)
    {
        var head = CosmosItems.Write(HeadDocument.Of(append.Stream, append.Head));
        var items = append.Events.Select(CosmosItems.Write).ToList();
        CheckLimits(append.Stream, items.Count + 1, head.Length + items.Sum(i => i.Length));

        var create = new TransactionalBatchItemRequestOptions { EnableContentResponseOnWrite = false };
        var batch = events.CreateTransactionalBatch(new PartitionKey(append.Stream.Value));
        if (append.Token is { } etag)
        {
            var replace = new TransactionalBatchItemRequestOptions { IfMatchEtag = etag, EnableContentResponseOnWrite = false };
            batch.ReplaceItemStream(HeadDocument.HeadId, head, replace);
        }
        else
        {
            batch.CreateItemStream(head, create);
        }

        foreach (var item in items)
        {
            batch.CreateItemStream(item, create);
        }

        return batch;
    }

    /// <summary>What the answer to the batch means.</summary>
    /// <exception cref="StreamCorruptedException">The head took the append and an event did not.</exception>
    public static AppendResult ResultOf(
        TransactionalBatchResponse response, Container events, StreamName stream, long firstVersion, int count) => response switch
        {
            { IsSuccessStatusCode: true } => new AppendResult.Appended(response[0].ETag),

            // 409: the stream exists by now; 412: its head is another by now; 404: it was there and is not any more.
            { StatusCode: HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed } => Refused(response, stream, firstVersion, count),
            _ when CosmosFailure.IsAbsent(response.StatusCode, response.Headers) => new AppendResult.Conflict(),
            _ => throw CosmosFailure.Of(response, events),
        };

    /// <summary>Tells a head that another writer replaced from an event that stands where the head says there is none.</summary>
    private static AppendResult.Conflict Refused(TransactionalBatchResponse response, StreamName stream, long firstVersion, int count)
    {
        // A batch stops at its first operation that fails; the others say that they failed with it. The head is the first.
        var refused = response.TakeWhile(operation => operation.StatusCode == HttpStatusCode.FailedDependency).Count();
        return refused == 0 || refused > count
            ? new AppendResult.Conflict()
            : throw new StreamCorruptedException(
                stream,
                firstVersion + refused - 1,
                "an event of this version is stored, though the head is before it. Restore the head, or remove what is beyond it.");
    }

    private static void CheckLimits(StreamName stream, int operations, long documentBytes)
    {
        var bytes = documentBytes + ((long)operations * OverheadPerOperation);
        if (operations > MaxOperations || bytes > MaxBytes)
        {
            throw new AppendTooLargeException(stream, operations, MaxOperations, bytes, MaxBytes);
        }
    }
}
