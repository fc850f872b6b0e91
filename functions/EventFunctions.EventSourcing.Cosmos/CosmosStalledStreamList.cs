using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Lists what <see cref="CosmosStalledStreams"/> has recorded: one query inside a partition for each call.</summary>
/// <param name="views">The container, with partition key <c>/partition</c>.</param>
public sealed class CosmosStalledStreamList(Container views) : IStalledStreamList
{
    private const string CountQuery = "SELECT VALUE COUNT(1) FROM c WHERE c.kind = @kind";
    private const string ListQuery = "SELECT * FROM c WHERE c.kind = @kind ORDER BY c.firstSeen";

    /// <inheritdoc/>
    public async Task<long> CountAsync(string projection, CancellationToken cancellationToken = default)
    {
        using var feed = Query(CountQuery, projection, pageSize: 1, continuation: null);
        var count = 0L;
        while (feed.HasMoreResults)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), views, cancellationToken);
            response.ThrowIfFailed(views);
            count += (await CosmosItems.ReadAsync<FeedPage<long>>(response.Content, cancellationToken)).Documents.Sum();
        }

        return count;
    }

    /// <inheritdoc/>
    public async Task<StalledPage> ListAsync(
        string projection, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, StalledPage.MaxSize);
        using var feed = Query(ListQuery, projection, pageSize, ContinuationText.Decode(continuation));
        while (feed.HasMoreResults)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), views, cancellationToken);
            ContinuationText.ThrowIfRefused(response, continuation);
            response.ThrowIfFailed(views);
            var page = await CosmosItems.ReadAsync<FeedPage<StalledDocument>>(response.Content, cancellationToken);

            // The store may answer with an empty page before the end.
            if (page.Documents.Count > 0)
            {
                return new StalledPage([.. page.Documents.Select(d => d.ToStalled())], ContinuationText.Encode(response.ContinuationToken));
            }
        }

        return new StalledPage([], null);
    }

    private FeedIterator Query(string text, string projection, int pageSize, string? continuation) => views.GetItemQueryStreamIterator(
        new QueryDefinition(text).WithParameter("@kind", StalledDocument.StalledKind),
        continuation,
        new QueryRequestOptions { PartitionKey = new PartitionKey(StalledDocument.PartitionOf(projection)), MaxItemCount = pageSize });
}
