using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Remembers stalled streams in the container of the views, a partition for each projection.</summary>
/// <remarks>Recording is a point read and a write, finding a point read. Safe for concurrent use.</remarks>
/// <param name="views">The container, with partition key <c>/partition</c>.</param>
public sealed class CosmosStalledStreams(Container views) : IStalledStreams
{
    private const int MaxAttempts = 10;

    /// <inheritdoc/>
    public async Task<StalledStream> RecordAsync(StalledStream failure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(failure);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var (recorded, etag) = await ReadAsync(failure.Projection, failure.Stream, cancellationToken);
            var merged = failure.After(recorded);
            if (await TryWriteAsync(StalledDocument.Of(merged), etag, cancellationToken))
            {
                return merged;
            }
        }

        throw Contended(failure.Projection, failure.Stream);
    }

    /// <inheritdoc/>
    public async Task<StalledStream?> FindAsync(string projection, StreamName stream, CancellationToken cancellationToken = default) =>
        (await ReadAsync(projection, stream, cancellationToken)).Stalled;

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string projection, StreamName stream, long applied, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var (recorded, etag) = await ReadAsync(projection, stream, cancellationToken);
            if (recorded is null || recorded.Awaited > applied)
            {
                return false;
            }

            using var response = await CosmosFailure.GuardAsync(
                views.DeleteItemStreamAsync(
                    stream.Value, PartitionOf(projection), new ItemRequestOptions { IfMatchEtag = etag }, cancellationToken),
                views,
                cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return true;
            }

            if (response.StatusCode != HttpStatusCode.PreconditionFailed && !CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
            {
                response.ThrowIfFailed(views);
            }
        }

        throw Contended(projection, stream);
    }

    private static PartitionKey PartitionOf(string projection) => new(StalledDocument.PartitionOf(projection));

    private static StoreUnavailableException Contended(string projection, StreamName stream) => new(
        $"What is recorded of '{stream}' for the projection '{projection}' was changed by others in each of {MaxAttempts} attempts.");

    private async Task<(StalledStream? Stalled, string? ETag)> ReadAsync(
        string projection, StreamName stream, CancellationToken cancellationToken)
    {
        using var response = await CosmosFailure.GuardAsync(
            views.ReadItemStreamAsync(stream.Value, PartitionOf(projection), cancellationToken: cancellationToken), views, cancellationToken);
        if (CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            return (null, null);
        }

        response.ThrowIfFailed(views);
        var document = await CosmosItems.ReadAsync<StalledDocument>(response.Content, cancellationToken);
        return (document.ToStalled(), response.Headers.ETag);
    }

    private async Task<bool> TryWriteAsync(StalledDocument document, string? etag, CancellationToken cancellationToken)
    {
        var partition = new PartitionKey(document.Partition);
        var options = new ItemRequestOptions { EnableContentResponseOnWrite = false, IfMatchEtag = etag };
        using var item = CosmosItems.Write(document);
        using var response = await CosmosFailure.GuardAsync(
            etag is null
                ? views.CreateItemStreamAsync(item, partition, options, cancellationToken)
                : views.ReplaceItemStreamAsync(item, document.Id, partition, options, cancellationToken),
            views,
            cancellationToken);
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
            || (etag is not null && CosmosFailure.IsAbsent(response.StatusCode, response.Headers)))
        {
            return false;
        }

        response.ThrowIfFailed(views);
        return true;
    }
}
