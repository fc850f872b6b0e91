using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>
/// Keeps copies of events in a Cosmos DB container with partition key <c>/stream</c>, in the shape they have in their streams.
/// Safe for concurrent use.
/// </summary>
/// <param name="archive">The container.</param>
public sealed class CosmosEventArchive(Container archive) : IEventArchive
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEvent>> ReadAsync(StreamName stream, long from, long through, CancellationToken cancellationToken = default) =>
        EventItems.ReadAsync(archive, stream, from, through, cancellationToken);

    /// <inheritdoc/>
    public async Task WriteAsync(StreamName stream, IReadOnlyList<EventDocument> events, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(events);
        var partition = new PartitionKey(stream.Value);
        var items = events.Select(CosmosItems.Write).ToList();
        var next = 0;
        while (next < items.Count)
        {
            var batch = archive.CreateTransactionalBatch(partition);
            long bytes = 0;
            var first = next;

            // One item always goes: it fitted the stream's container, so it fits this one.
            while (next < items.Count
                && next - first < AppendBatch.MaxOperations
                && (next == first || bytes + items[next].Length <= StreamRestoration.MaxBytes))
            {
                bytes += items[next].Length;
                batch.UpsertItemStream(items[next++], new TransactionalBatchItemRequestOptions { EnableContentResponseOnWrite = false });
            }

            using var response = await CosmosFailure.GuardAsync(batch.ExecuteAsync(cancellationToken), archive, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                throw CosmosFailure.Of(response, archive);
            }
        }
    }

    /// <inheritdoc/>
    public Task<int> DeleteAsync(StreamName stream, long through, CancellationToken cancellationToken = default) =>
        EventItems.DeleteAsync(archive, stream, through, cancellationToken);
}
