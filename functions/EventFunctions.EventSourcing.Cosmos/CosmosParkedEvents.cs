using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Parks events in a Cosmos DB container with the partition key <c>/stream</c>. Safe for concurrent use.</summary>
/// <param name="container">The container.</param>
public sealed class CosmosParkedEvents(Container container) : IParkedEvents
{
    private const int MaxAttempts = 10;

    /// <inheritdoc/>
    public async Task ParkAsync(ParkedEvent parked, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(parked);
        await ChangeAsync(parked.Source, parked.After, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ParkedEvent?> DiscardAsync(DocumentReference source, Discard discard, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(discard);
        return await ChangeAsync(source, kept => kept is null ? null : kept with { Discarded = kept.Discarded ?? discard }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(DocumentReference source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var (kept, etag) = await CosmosParkedEventList.ReadAsync(container, source, cancellationToken);
            if (kept is null or { Discarded: not null })
            {
                return;
            }

            using var response = await CosmosFailure.GuardAsync(
                container.DeleteItemStreamAsync(
                    kept.Source.Id, new PartitionKey(kept.Source.Stream), new ItemRequestOptions { IfMatchEtag = etag }, cancellationToken),
                container,
                cancellationToken);
            if (response.IsSuccessStatusCode || CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
            {
                return;
            }

            if (response.StatusCode != HttpStatusCode.PreconditionFailed)
            {
                response.ThrowIfFailed(container);
            }
        }

        throw Contended(source);
    }

    private static StoreUnavailableException Contended(DocumentReference source) => new(
        $"What is parked of '{source.Stream}' under '{source.Id}' was changed by others in each of {MaxAttempts} attempts.");

    /// <summary>Writes what a change makes of what is kept; nothing where it makes nothing of it, or the same.</summary>
    private async Task<ParkedEvent?> ChangeAsync(
        DocumentReference source, Func<ParkedEvent?, ParkedEvent?> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var (kept, etag) = await CosmosParkedEventList.ReadAsync(container, source, cancellationToken);
            var changed = change(kept);
            if (changed is null || changed == kept || await TryWriteAsync(ParkedDocument.Of(changed), etag, cancellationToken))
            {
                return changed;
            }
        }

        throw Contended(source);
    }

    private async Task<bool> TryWriteAsync(ParkedDocument document, string? etag, CancellationToken cancellationToken)
    {
        var partition = new PartitionKey(document.Stream);
        var options = new ItemRequestOptions { EnableContentResponseOnWrite = false, IfMatchEtag = etag };
        using var item = CosmosItems.Write(document);
        using var response = await CosmosFailure.GuardAsync(
            etag is null
                ? container.CreateItemStreamAsync(item, partition, options, cancellationToken)
                : container.ReplaceItemStreamAsync(item, document.Id, partition, options, cancellationToken),
            container,
            cancellationToken);
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
            || (etag is not null && CosmosFailure.IsAbsent(response.StatusCode, response.Headers)))
        {
            return false;
        }

        response.ThrowIfFailed(container);
        return true;
    }
}
