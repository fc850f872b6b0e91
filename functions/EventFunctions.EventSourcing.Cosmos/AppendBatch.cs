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
    public static TransactionalBatch Compose(Container events, StreamAppend append, EventSerializer serializer)
    {
        var head = CosmosItems.Write(HeadDocument.Of(append));
        var items = append.Events.Select(e => CosmosItems.Write(serializer.Write(e))).ToList();
        CheckLimits(append.Stream, items.Count + 1, head.Length + items.Sum(i => i.Length));

        var create = new TransactionalBatchItemRequestOptions { EnableContentResponseOnWrite = false };
        var batch = events.CreateTransactionalBatch(new PartitionKey(append.Stream.Value));
        if (append.Head.Token is { } etag)
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

    private static void CheckLimits(StreamName stream, int operations, long documentBytes)
    {
        var bytes = documentBytes + ((long)operations * OverheadPerOperation);
        if (operations > MaxOperations || bytes > MaxBytes)
        {
            throw new AppendTooLargeException(stream, operations, MaxOperations, bytes, MaxBytes);
        }
    }
}
