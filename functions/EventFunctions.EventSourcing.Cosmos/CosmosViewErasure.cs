using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Cleans the views of a person, in the container <c>views</c>.</summary>
/// <remarks>
/// A query across partitions by the person whom each view names beside its sealed data. What projections write meanwhile is theirs: a view
/// that changed under the cleaning is looked at again.
/// </remarks>
public sealed class CosmosViewErasure(Container views) : IViewErasure
{
    private const string OfSubject = "SELECT * FROM c WHERE c.subject = @subject";

    // A view is cleaned once; one that a projection with the key still in its cache seals again is found by the next round.
    private const int MaxRounds = 5;

    /// <inheritdoc/>
    public async Task<int> EraseAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var erased = 0;
        for (var round = 0; round < MaxRounds; round++)
        {
            var found = await FindAsync(subject, cancellationToken);
            if (found.Count == 0)
            {
                break;
            }
            foreach (var (document, etag) in found)
            {
                erased += await TryWriteAsync(document.Erased(), etag, cancellationToken) ? 1 : 0;
            }
        }
        return erased;
    }

    private async Task<List<(ViewDocument Document, string ETag)>> FindAsync(DataSubjectId subject, CancellationToken cancellationToken)
    {
        using var feed = views.GetItemQueryStreamIterator(new QueryDefinition(OfSubject).WithParameter("@subject", subject.ToString()));
        var found = new List<(ViewDocument, string)>();
        while (feed.HasMoreResults)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), views, cancellationToken);
            response.ThrowIfFailed(views);
            var page = await CosmosItems.ReadAsync<FeedPage<JsonElement>>(response.Content, cancellationToken);
            found.AddRange(page.Documents.Select(d => (d.Deserialize<ViewDocument>(EventJson.Options)!, d.GetProperty("_etag").GetString()!)));
        }
        return found;
    }

    private async Task<bool> TryWriteAsync(ViewDocument document, string etag, CancellationToken cancellationToken)
    {
        var options = new ItemRequestOptions { EnableContentResponseOnWrite = false, IfMatchEtag = etag };
        using var item = CosmosItems.Write(document);
        using var response = await CosmosFailure.GuardAsync(
            views.ReplaceItemStreamAsync(item, document.Id, new PartitionKey(document.Partition), options, cancellationToken),
            views,
            cancellationToken);
        if (response.StatusCode == HttpStatusCode.PreconditionFailed || CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            return false;
        }
        response.ThrowIfFailed(views);
        return true;
    }
}
