using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>
/// Shows what <see cref="CosmosParkedEvents"/> has parked: finding is a point read, a stream's events are a query inside its
/// partition, and a page of the list is a query over all partitions, of which few hold anything.
/// </summary>
/// <param name="parked">The container.</param>
public sealed class CosmosParkedEventList(Container parked) : IParkedEventList
{
    private const string ListQuery = "SELECT * FROM c WHERE c.kind = @kind ORDER BY c.parkedAt";
    private const string UpToQuery = "SELECT * FROM c WHERE c.kind = @kind AND c.id <= @id";

    /// <inheritdoc/>
    public async Task<ParkedEvent?> FindAsync(DocumentReference source, CancellationToken cancellationToken = default) =>
        (await ReadAsync(parked, source, cancellationToken)).Parked;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ParkedEvent>> UpToAsync(DocumentReference source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var last = source.Named();
        var query = new QueryDefinition(UpToQuery).WithParameter("@kind", ParkedDocument.Open).WithParameter("@id", last.Id);
        using var feed = parked.GetItemQueryStreamIterator(
            query, requestOptions: new QueryRequestOptions { PartitionKey = new PartitionKey(last.Stream) });
        var found = new List<ParkedEvent>();
        while (feed.HasMoreResults)
        {
            found.AddRange((await NextAsync(feed, continuation: null, cancellationToken)).Documents.Select(d => d.ToParked()));
        }

        return [.. found.OrderBy(p => p.Source.Id, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<ParkedPage> ListAsync(int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, ParkedPage.MaxSize);
        var query = new QueryDefinition(ListQuery).WithParameter("@kind", ParkedDocument.Open);
        using var feed = Open(query, pageSize, continuation);
        while (feed.HasMoreResults)
        {
            var (documents, next) = await NextAsync(feed, continuation, cancellationToken);

            // The store may answer with an empty page before the end.
            if (documents.Count > 0)
            {
                return new ParkedPage([.. documents.Select(d => d.ToParked())], ContinuationText.Encode(next));
            }
        }

        return new ParkedPage([], null);
    }

    /// <summary>What is kept of an event, and its concurrency token.</summary>
    internal static async Task<(ParkedEvent? Parked, string? ETag)> ReadAsync(
        Container parked, DocumentReference source, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var named = source.Named();
        using var response = await CosmosFailure.GuardAsync(
            parked.ReadItemStreamAsync(named.Id, new PartitionKey(named.Stream), cancellationToken: cancellationToken),
            parked,
            cancellationToken);
        if (CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            return (null, null);
        }

        response.ThrowIfFailed(parked);
        return ((await CosmosItems.ReadAsync<ParkedDocument>(response.Content, cancellationToken)).ToParked(), response.Headers.ETag);
    }

    private FeedIterator Open(QueryDefinition query, int pageSize, string? continuation) => parked.GetItemQueryStreamIterator(
        query, ContinuationText.Decode(continuation), new QueryRequestOptions { MaxItemCount = pageSize });

    private async Task<(IReadOnlyList<ParkedDocument> Documents, string? Continuation)> NextAsync(
        FeedIterator feed, string? continuation, CancellationToken cancellationToken)
    {
        using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), parked, cancellationToken);
        ContinuationText.ThrowIfRefused(response, continuation);
        response.ThrowIfFailed(parked);
        var page = await CosmosItems.ReadAsync<FeedPage<ParkedDocument>>(response.Content, cancellationToken);
        return (page.Documents, response.ContinuationToken);
    }
}
