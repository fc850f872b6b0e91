using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Keeps views in a Cosmos DB container with partition key <c>/partition</c>.</summary>
/// <remarks>
/// Finding is one point read, saving one create or replace, a page of a list one query inside its partition (and one request
/// for the query's plan where the SDK cannot make it itself). Safe for concurrent use.
/// </remarks>
/// <param name="views">The container.</param>
/// <param name="personalData">Seals the views; <see cref="PersonalDataVault.None"/> where it is left out.</param>
public sealed class CosmosViewStore(Container views, PersonalDataVault? personalData = null) : IViewStore
{
    private const string ListQuery = "SELECT * FROM c WHERE c.kind = @kind ORDER BY c.since DESC";

    private readonly PersonalDataVault _personalData = personalData ?? PersonalDataVault.None;

    /// <inheritdoc/>
    public async Task<StoredView<TView>?> FindAsync<TView>(ViewKey key, CancellationToken cancellationToken = default)
        where TView : class
    {
        using var response = await CosmosFailure.GuardAsync(
            views.ReadItemStreamAsync(key.Id, new PartitionKey(key.Partition), cancellationToken: cancellationToken), views, cancellationToken);
        if (CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            return null;
        }

        response.ThrowIfFailed(views);
        var document = await ReadAsync<ViewDocument>(response.Content, $"{key.Partition}/{key.Id}", cancellationToken);
        return new StoredView<TView>(await document.ToViewAsync<TView>(_personalData, cancellationToken), response.Headers.ETag);
    }

    /// <inheritdoc/>
    public async Task<string?> SaveAsync<TView>(
        ViewKey key, string kind, VersionedView<TView> view, string? etag, CancellationToken cancellationToken = default)
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(view);
        var partition = new PartitionKey(key.Partition);
        var options = new ItemRequestOptions { EnableContentResponseOnWrite = false, IfMatchEtag = etag };
        using var item = CosmosItems.Write(await ViewDocument.OfAsync(_personalData, key, kind, view, cancellationToken));
        using var response = await CosmosFailure.GuardAsync(
            etag is null
                ? views.CreateItemStreamAsync(item, partition, options, cancellationToken)
                : views.ReplaceItemStreamAsync(item, key.Id, partition, options, cancellationToken),
            views,
            cancellationToken);
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
            || (etag is not null && CosmosFailure.IsAbsent(response.StatusCode, response.Headers)))
        {
            return null;
        }

        if (response.StatusCode == HttpStatusCode.RequestEntityTooLarge)
        {
            throw new ViewRefusedException(
                $"The view '{key.Partition}/{key.Id}' has {item.Length} bytes, more than the store takes. Have the projection show less in one view.");
        }

        response.ThrowIfFailed(views);
        return response.Headers.ETag;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>?> SaveTogetherAsync<TOne, TOther>(
        string partition, IReadOnlyList<ViewWrite<TOne>> ones, IReadOnlyList<ViewWrite<TOther>> others, CancellationToken cancellationToken = default)
        where TOne : class
        where TOther : class
    {
        ArgumentNullException.ThrowIfNull(ones);
        ArgumentNullException.ThrowIfNull(others);
        ViewGroupSize.Check(ones.Count + others.Count);
        var batch = views.CreateTransactionalBatch(new PartitionKey(partition));
        foreach (var one in ones)
        {
            await ViewBatch.AddAsync(batch, _personalData, partition, one, cancellationToken);
        }

        foreach (var other in others)
        {
            await ViewBatch.AddAsync(batch, _personalData, partition, other, cancellationToken);
        }

        using var response = await CosmosFailure.GuardAsync(batch.ExecuteAsync(cancellationToken), views, cancellationToken);
        return ViewBatch.TokensOf(response, views, partition);
    }

    /// <inheritdoc/>
    public async Task<ViewPage<TView>> ListAsync<TView>(
        string partition, string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, ViewPage<TView>.MaxSize);
        var options = new QueryRequestOptions { PartitionKey = new PartitionKey(partition), MaxItemCount = pageSize };
        var query = new QueryDefinition(ListQuery).WithParameter("@kind", kind);
        using var feed = views.GetItemQueryStreamIterator(query, ContinuationText.Decode(continuation), options);
        while (feed.HasMoreResults)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), views, cancellationToken);
            ContinuationText.ThrowIfRefused(response, continuation);
            response.ThrowIfFailed(views);
            var page = await ReadAsync<FeedPage<ViewDocument>>(response.Content, $"{partition}/*", cancellationToken);

            // The store may answer with an empty page before the end.
            if (page.Documents.Count > 0)
            {
                var found = new List<VersionedView<TView>>(page.Documents.Count);
                foreach (var document in page.Documents)
                {
                    found.Add(await document.ToViewAsync<TView>(_personalData, cancellationToken));
                }
                return new ViewPage<TView>(found, ContinuationText.Encode(response.ContinuationToken));
            }
        }

        return new ViewPage<TView>([], null);
    }

    private static async Task<TDocument> ReadAsync<TDocument>(Stream content, string where, CancellationToken cancellationToken)
    {
        try
        {
            return await CosmosItems.ReadAsync<TDocument>(content, cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new ViewRefusedException(
                $"The stored view '{where}' is no view; rebuild the projection. {exception.Message}",
                exception);
        }
    }
}
