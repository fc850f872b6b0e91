using System.Net;
using Microsoft.Azure.Cosmos;

namespace EventFunctions.EventSourcing.Cosmos;

/// <summary>The records of erasures in the container <c>audit</c>, whose partition key is <c>/partition</c>. Safe for concurrent use.</summary>
/// <param name="audit">The container.</param>
public sealed class CosmosErasureRecords(Container audit) : IErasureRecords
{
    private const string RecordId = "erasure";

    /// <inheritdoc/>
    public async Task<StoredErasure?> FindAsync(DataSubjectId subject, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        using var response = await CosmosFailure.GuardAsync(
            audit.ReadItemStreamAsync(RecordId, new PartitionKey(PartitionOf(subject)), cancellationToken: cancellationToken), audit, cancellationToken);
        if (CosmosFailure.IsAbsent(response.StatusCode, response.Headers))
        {
            return null;
        }
        response.ThrowIfFailed(audit);
        return new StoredErasure((await CosmosItems.ReadAsync<Document>(response.Content, cancellationToken)).Erasure, response.Headers.ETag);
    }

    /// <inheritdoc/>
    public async Task<string?> SaveAsync(
        DataSubjectId subject, ErasureRecord record, string? token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var partition = PartitionOf(subject);
        var options = new ItemRequestOptions { EnableContentResponseOnWrite = false, IfMatchEtag = token };
        using var item = CosmosItems.Write(new Document(RecordId, partition, RecordId, record));
        using var response = await CosmosFailure.GuardAsync(
            token is null
                ? audit.CreateItemStreamAsync(item, new PartitionKey(partition), options, cancellationToken)
                : audit.ReplaceItemStreamAsync(item, RecordId, new PartitionKey(partition), options, cancellationToken),
            audit,
            cancellationToken);
        if (response.StatusCode is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed
            || (token is not null && CosmosFailure.IsAbsent(response.StatusCode, response.Headers)))
        {
            return null;
        }
        response.ThrowIfFailed(audit);
        return response.Headers.ETag;
    }

    private static string PartitionOf(DataSubjectId subject) => $"erasure-{subject}";

    private sealed record Document(string Id, string Partition, string Kind, ErasureRecord Erasure);
}
