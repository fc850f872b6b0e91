using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>
/// Goes through the views of a <see cref="CosmosViewStore"/>: a query over all partitions, a page at a time. Safe for
/// concurrent use.
/// </summary>
/// <param name="views">The container.</param>
/// <param name="personalData">Opens the views; <see cref="PersonalDataVault.None"/> where it is left out.</param>
public sealed class CosmosViewScan(Container views, PersonalDataVault? personalData = null) : IViewScan
{
    private const string ScanQuery = "SELECT * FROM c WHERE c.kind = @kind";

    private readonly PersonalDataVault _personalData = personalData ?? PersonalDataVault.None;

    /// <inheritdoc/>
    public async Task<ScannedPage> ScanAsync(
        string kind, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, ScannedPage.MaxSize);
        var query = new QueryDefinition(ScanQuery).WithParameter("@kind", kind);
        using var feed = views.GetItemQueryStreamIterator(query, continuation, new QueryRequestOptions { MaxItemCount = pageSize });
        using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), views, cancellationToken);
        response.ThrowIfFailed(views);
        try
        {
            var page = await CosmosItems.ReadAsync<FeedPage<ViewDocument>>(response.Content, cancellationToken);
            var found = new List<ScannedView>(page.Documents.Count);
            foreach (var document in page.Documents)
            {
                found.Add(new ScannedView(document.Key(), await document.ToViewAsync<RawJson>(_personalData, cancellationToken)));
            }
            return new ScannedPage(found, response.ContinuationToken);
        }
        catch (JsonException exception)
        {
            throw new InvalidOperationException($"A stored item of kind '{kind}' is not a view: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(ViewKey key, CancellationToken cancellationToken = default)
    {
        using var response = await CosmosFailure.GuardAsync(
            views.DeleteItemStreamAsync(key.Id, new PartitionKey(key.Partition), cancellationToken: cancellationToken), views, cancellationToken);
        if (!CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            response.ThrowIfFailed(views);
        }
    }
}
