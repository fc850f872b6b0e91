using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Views that are written together, as the operations of one transactional batch.</summary>
internal static class ViewBatch
{
    /// <summary>Adds the creation or the replacement of a view, its personal data sealed.</summary>
    public static async ValueTask AddAsync<TView>(
        TransactionalBatch batch, PersonalDataVault personalData, string partition, ViewWrite<TView> write, CancellationToken cancellationToken)
        where TView : class
    {
        var key = new ViewKey(partition, write.Id);
        var item = CosmosItems.Write(await ViewDocument.OfAsync(personalData, key, write.Kind, write.View, cancellationToken));
        var options = new TransactionalBatchItemRequestOptions { EnableContentResponseOnWrite = false, IfMatchEtag = write.ETag };
        if (write.ETag is null)
        {
            batch.CreateItemStream(item, options);
        }
        else
        {
            batch.ReplaceItemStream(key.Id, item, options);
        }
    }

    /// <summary>The tokens of what was written; <see langword="null"/> where another writer came first.</summary>
    /// <exception cref="ViewRefusedException">The batch is too large.</exception>
    public static IReadOnlyList<string>? TokensOf(TransactionalBatchResponse response, Container views, string partition) => response switch
    {
        { IsSuccessStatusCode: true } => [.. response.Select(r => r.ETag)],
        { StatusCode: HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed } => null,
        { StatusCode: HttpStatusCode.RequestEntityTooLarge } => throw new ViewRefusedException(
            $"{response.Count} views of '{partition}' are more than the store writes together. Have the projection contribute to fewer tallies at once."),
        _ when CosmosFailure.IsAbsent(response.StatusCode, response.Headers) => null,
        _ => throw CosmosFailure.Of(response, views),
    };
}
