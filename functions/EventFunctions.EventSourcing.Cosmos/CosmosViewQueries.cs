using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Finds views in the container of a <see cref="CosmosViewStore"/>.</summary>
/// <remarks>
/// A page is one query inside its partition (and one request for the query's plan where the SDK cannot make it itself). It is
/// sorted by one field, so the default index serves it; a text that is looked for inside another is looked for in the index,
/// whose cost grows with the number of different texts in the partition. Safe for concurrent use.
/// </remarks>
/// <param name="views">The container, with partition key <c>/partition</c>.</param>
/// <param name="personalData">Opens what is sealed in the views; <see cref="PersonalDataVault.None"/> where it is left out.</param>
public sealed class CosmosViewQueries(Container views, PersonalDataVault? personalData = null) : IViewQueries
{
    private readonly PersonalDataVault _personalData = personalData ?? PersonalDataVault.None;

    /// <inheritdoc/>
    public async Task<ViewPage<TView>> FindAsync<TView>(
        ViewQuery query, int pageSize, string? continuation = null, CancellationToken cancellationToken = default)
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pageSize, ViewPage<TView>.MaxSize);
        var position = ContinuationToken.Read(query.Question, continuation);
        var options = new QueryRequestOptions { PartitionKey = new PartitionKey(query.Partition), MaxItemCount = pageSize };
        using var feed = views.GetItemQueryStreamIterator(ViewQueryText.Of(query), position, options);
        while (feed.HasMoreResults)
        {
            using var response = await CosmosFailure.GuardAsync(feed.ReadNextAsync(cancellationToken), views, cancellationToken);
            if (response.StatusCode == HttpStatusCode.BadRequest && position is not null)
            {
                throw new InvalidContinuationException(new InvalidOperationException(response.ErrorMessage));
            }

            response.ThrowIfFailed(views);
            var documents = await ReadAsync(response.Content, query.Kind, cancellationToken);

            // The store may answer with an empty page before the end.
            if (documents.Count > 0)
            {
                var found = new List<VersionedView<TView>>();
                foreach (var document in documents)
                {
                    found.Add(await document.ToViewAsync<TView>(_personalData, cancellationToken));
                }

                return new ViewPage<TView>(
                    found,
                    response.ContinuationToken is { } next ? ContinuationToken.Write(query.Question, next) : null);
            }
        }

        return new ViewPage<TView>([], null);
    }

    private static async Task<IReadOnlyList<ViewDocument>> ReadAsync(Stream content, string kind, CancellationToken cancellationToken)
    {
        try
        {
            return (await CosmosItems.ReadAsync<FeedPage<ViewDocument>>(content, cancellationToken)).Documents;
        }
        catch (JsonException exception)
        {
            throw new ViewRefusedException($"A stored item of kind '{kind}' is not a view; rebuild the projection. {exception.Message}", exception);
        }
    }
}
