using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>Reads and writes the items of the container <c>keys</c>, each write against what was read.</summary>
internal sealed class SubjectKeyItems(Container keys)
{
    /// <summary>A person's item and its ETag, if there is one.</summary>
    public async Task<(SubjectKeyDocument Document, string ETag)?> FindAsync(DataSubjectId subject, CancellationToken cancellationToken)
    {
        var id = IdOf(subject);
        using var response = await CosmosFailure.GuardAsync(
            keys.ReadItemStreamAsync(id, new PartitionKey(id), cancellationToken: cancellationToken), keys, cancellationToken);
        if (CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            return null;
        }
        response.ThrowIfFailed(keys);
        return (await CosmosItems.ReadAsync<SubjectKeyDocument>(response.Content, cancellationToken), response.Headers.ETag);
    }

    /// <summary>Writes an item, if what is there is still what was read.</summary>
    /// <param name="document">The item.</param>
    /// <param name="etag">Of the item that it replaces; <see langword="null"/> where there was none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> TryWriteAsync(SubjectKeyDocument document, string? etag, CancellationToken cancellationToken)
    {
        var partition = new PartitionKey(document.Id);
        var options = new ItemRequestOptions { EnableContentResponseOnWrite = false, IfMatchEtag = etag };
        using var item = CosmosItems.Write(document);
        using var response = await CosmosFailure.GuardAsync(
            etag is null
                ? keys.CreateItemStreamAsync(item, partition, options, cancellationToken)
                : keys.ReplaceItemStreamAsync(item, document.Id, partition, options, cancellationToken),
            keys,
            cancellationToken);
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
            || (etag is not null && CosmosFailure.IsAbsent(response.StatusCode, response.Headers)))
        {
            return false;
        }
        response.ThrowIfFailed(keys);
        return true;
    }

    // The rules of a view's id are those of an item's id.
    private static string IdOf(DataSubjectId subject) => new ViewKey("keys", subject.ToString()).Id;
}
