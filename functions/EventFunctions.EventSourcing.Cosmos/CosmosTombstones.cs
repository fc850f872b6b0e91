using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Keeps tombstones in the container of a <see cref="CosmosEventStore"/>, one item per stream. Safe for concurrent use.</summary>
/// <param name="events">The container.</param>
public sealed class CosmosTombstones(Container events) : ITombstones
{
    /// <inheritdoc/>
    public async Task<StoredTombstone?> FindAsync(StreamName stream, CancellationToken cancellationToken = default)
    {
        using var response = await CosmosFailure.GuardAsync(
            events.ReadItemStreamAsync(TombstoneDocument.TombstoneId, new PartitionKey(stream.Value), cancellationToken: cancellationToken),
            events,
            cancellationToken);
        if (CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            return null;
        }

        response.ThrowIfFailed(events);
        try
        {
            var document = await CosmosItems.ReadAsync<TombstoneDocument>(response.Content, cancellationToken);
            return new StoredTombstone(document.Tombstone, response.Headers.ETag);
        }
        catch (JsonException exception)
        {
            throw new StreamCorruptedException(stream, 0, $"the tombstone cannot be read: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> SaveAsync(StreamName stream, Tombstone tombstone, string? token, CancellationToken cancellationToken = default)
    {
        var partition = new PartitionKey(stream.Value);
        var options = new ItemRequestOptions { EnableContentResponseOnWrite = false, IfMatchEtag = token };
        using var item = CosmosItems.Write(TombstoneDocument.Of(stream, tombstone));
        using var response = await CosmosFailure.GuardAsync(
            token is null
                ? events.CreateItemStreamAsync(item, partition, options, cancellationToken)
                : events.ReplaceItemStreamAsync(item, TombstoneDocument.TombstoneId, partition, options, cancellationToken),
            events,
            cancellationToken);
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
            || (token is not null && CosmosFailure.IsAbsent(response.StatusCode, response.Headers)))
        {
            return false;
        }

        response.ThrowIfFailed(events);
        return true;
    }
}
